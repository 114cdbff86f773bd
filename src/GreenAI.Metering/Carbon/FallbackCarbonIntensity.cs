using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Asks several providers in order: the first whose factors hold now wins, and the answer says who was passed over and why.</summary>
/// <remarks>
/// All must give one kind of factor. A provider that asks to be left alone (<see cref="CarbonIntensityAnswer.RetryAfter"/>) is not asked
/// before that time is over; one that throws counts as <see cref="CarbonGap.Unreachable"/>. Asked by one caller at a time, like any provider.
/// </remarks>
public sealed class FallbackCarbonIntensity : ICarbonIntensityProvider
{
    private readonly ICarbonIntensityProvider[] _providers;
    private readonly Pause?[] _pauses;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes one provider of several.</summary>
    /// <param name="providers">The providers, the preferred one first.</param>
    /// <param name="timeProvider">Says what now is.</param>
    /// <exception cref="ArgumentException">There is no provider, or two give factors of different kinds.</exception>
    public FallbackCarbonIntensity(IReadOnlyList<ICarbonIntensityProvider> providers, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(providers);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _providers = [.. providers];
        _pauses = new Pause?[_providers.Length];
        _timeProvider = timeProvider;
        if (_providers.Length == 0) throw new ArgumentException("A fallback needs a provider.", nameof(providers));
        if (Array.IndexOf(_providers, null) is >= 0 and int at) throw new ArgumentException($"Provider {at} is null.", nameof(providers));
        Kind = _providers[0].Kind;
        if (Array.Find(_providers, provider => provider.Kind != Kind) is { } other)
        {
            throw new ArgumentException(
                $"Provider '{_providers[0].Name}' gives factors that are '{Kind}' and '{other.Name}' ones that are '{other.Kind}': "
                + "grams of different kinds do not add up. Configure providers of one kind.",
                nameof(providers));
        }
    }

    /// <summary>The names in order: <c>electricity-maps, then uk-carbon-intensity</c>.</summary>
    public string Name => string.Join(", then ", _providers.Select(provider => provider.Name));

    /// <inheritdoc/>
    public CarbonKind Kind { get; }

    internal IReadOnlyList<ICarbonIntensityProvider> Providers => _providers;

    /// <inheritdoc/>
    public async ValueTask<CarbonIntensityAnswer> GetAsync(CancellationToken cancellationToken)
    {
        List<SkippedCarbonProvider> skipped = [];
        for (int rank = 0; rank < _providers.Length; rank++)
        {
            ICarbonIntensityProvider provider = _providers[rank];
            CarbonIntensityAnswer answer = StillPausing(rank) ?? await AskAsync(provider, cancellationToken).ConfigureAwait(false);
            if (answer.Gap == CarbonGap.None)
            {
                int own = rank;
                return CarbonIntensityAnswer.Of([.. answer.Factors.Select(factor => factor with { FallbackRank = own })]).After(skipped, provider.Name);
            }

            skipped.Add(new SkippedCarbonProvider(provider.Name, answer.Gap, answer.Reason!));
            if (_pauses[rank] is null && answer.RetryAfter is { } wait)
                _pauses[rank] = new Pause(_timeProvider.GetTimestamp(), wait, answer.Gap, answer.Reason!);
        }

        string reason = $"No provider has a factor for now. {string.Join("; ", skipped)}";
        return CarbonIntensityAnswer.Refused(skipped[0].Gap, reason, Shortest()).After(skipped, answeredBy: null);
    }

    private CarbonIntensityAnswer? StillPausing(int rank)
    {
        if (_pauses[rank] is not { } pause) return null;
        TimeSpan left = Left(pause);
        if (left > TimeSpan.Zero)
        {
            return CarbonIntensityAnswer.Refused(
                pause.Gap,
                string.Create(CultureInfo.InvariantCulture, $"{pause.Reason} (not asked for another {Math.Ceiling(left.TotalSeconds):0} s, as it wished)"));
        }

        _pauses[rank] = null;
        return null;
    }

    private async ValueTask<CarbonIntensityAnswer> AskAsync(ICarbonIntensityProvider provider, CancellationToken cancellationToken)
    {
        CarbonIntensityAnswer answer;
        try
        {
            answer = await provider.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // Somebody else's code: the next in order exists for the case that this one does not work.
            return CarbonIntensityAnswer.Refused(CarbonGap.Unreachable, $"threw {exception.GetType().Name}: {exception.Message}");
        }

        if (answer is null) return CarbonIntensityAnswer.Refused(CarbonGap.Malformed, "answered null");
        return answer.Gap == CarbonGap.None ? Judge(answer, provider) : answer;
    }

    private CarbonIntensityAnswer Judge(CarbonIntensityAnswer answer, ICarbonIntensityProvider provider)
    {
        if (answer.Factors.FirstOrDefault(factor => factor.Kind != Kind) is { } wrong)
            return CarbonIntensityAnswer.Refused(CarbonGap.WrongKind, $"announces '{provider.Kind}' and gave a factor that is '{wrong.Kind}'");
        DateTimeOffset now = _timeProvider.GetUtcNow();
        if (answer.Factors.Any(factor => factor.IsValidAt(now))) return answer;
        CarbonGap gap = answer.Factors.All(factor => factor.ValidTo <= now) ? CarbonGap.Stale : CarbonGap.NoData;
        return CarbonIntensityAnswer.Refused(gap, string.Create(CultureInfo.InvariantCulture, $"none of its factors ({answer.Factors.Count}) holds at {now:u}"));
    }

    // When the first of them may be asked again; nothing where one may be asked at once.
    private TimeSpan? Shortest() => _pauses.Any(pause => pause is null) ? null : _pauses.Min(pause => Left(pause!.Value));

    private TimeSpan Left(Pause pause) => pause.Length - _timeProvider.GetElapsedTime(pause.Since);

    private readonly record struct Pause(long Since, TimeSpan Length, CarbonGap Gap, string Reason);
}
