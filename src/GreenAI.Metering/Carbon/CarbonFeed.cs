using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Asks the providers of grid factors in the background and keeps the timeline filled. It never throws and never blocks.</summary>
internal sealed class CarbonFeed
{
    private static readonly TimeSpan _firstRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);

    private readonly ICarbonIntensityProvider _chain;
    private readonly FactorTimeline _timeline;
    private readonly TimeSpan _refresh;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly bool _static;
    private Task? _running;
    private CarbonIntensityAnswer? _refusal;
    private string? _answered;
    private TimeSpan _retry = _firstRetry;

    /// <param name="providers">In order of preference; at least one.</param>
    /// <param name="timeline">What is filled.</param>
    /// <param name="refresh">How often to ask at most.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Where changes are told.</param>
    public CarbonFeed(
        IReadOnlyList<ICarbonIntensityProvider> providers, FactorTimeline timeline, TimeSpan refresh, TimeProvider timeProvider, ILogger logger)
    {
        providers = [.. providers.SelectMany(Flat)];
        _chain = new FallbackCarbonIntensity(
            [.. providers.Select(provider => Fixed(provider) is null ? new PatientCarbonProvider(provider, timeProvider) : provider)], timeProvider);
        _timeline = timeline;
        _refresh = refresh;
        _timeProvider = timeProvider;
        _logger = logger;
        _static = Prime(providers);
    }

    /// <summary>The last refusal; null when the last answer had factors.</summary>
    public CarbonIntensityAnswer? Refusal => Volatile.Read(ref _refusal);

    /// <summary>Starts asking, unless nothing can change.</summary>
    public void Start()
    {
        if (!_static) _running ??= Task.Run(() => RunAsync(_stop.Token));
    }

    /// <summary>Stops asking. A question under way is cancelled; nobody waits for it.</summary>
    public void Stop() => _ = _stop.CancelAsync();

    // What is a constant or a table applies from the first joule on, in its place of the order.
    private bool Prime(IReadOnlyList<ICarbonIntensityProvider> providers)
    {
        DateTimeOffset now = _timeProvider.GetUtcNow();
        for (int i = 0; i < providers.Count; i++)
        {
            if (Fixed(providers[i]) is { } factor) _timeline.Add([factor with { FallbackRank = i }], now);
        }

        return providers.All(provider => Fixed(provider) is not null)
            || Fixed(providers[0]) is { } first && first.ValidFrom == DateTimeOffset.MinValue && first.ValidTo == DateTimeOffset.MaxValue;
    }

    // One order over all: the ranks of a chain within the chain would be lost.
    private static IEnumerable<ICarbonIntensityProvider> Flat(ICarbonIntensityProvider provider) =>
        provider is FallbackCarbonIntensity chain ? chain.Providers.SelectMany(Flat) : [provider];

    private static CarbonFactor? Fixed(ICarbonIntensityProvider provider) => provider switch
    {
        ConstantCarbonIntensity constant => constant.Factor,
        YearlyCarbonIntensity yearly => yearly.Factor,
        _ => null,
    };

    private async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            TimeSpan pause = await AskAsync(stop).ConfigureAwait(false);
            await Task.Delay(pause, _timeProvider, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Asks once and takes in what is answered.</summary>
    /// <returns>How long to wait before asking again.</returns>
    internal async Task<TimeSpan> AskAsync(CancellationToken stop)
    {
        try
        {
            return Take(await _chain.GetAsync(stop).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            // Somebody else's code: whatever it does must not end the asking.
            return stop.IsCancellationRequested
                ? _shortest
                : Refuse(CarbonIntensityAnswer.Refused(CarbonGap.Unreachable, $"The provider of grid carbon intensities failed: {exception.GetType().Name}."));
        }
    }

    private TimeSpan Take(CarbonIntensityAnswer answer)
    {
        if (answer.Gap != CarbonGap.None) return Refuse(answer);
        DateTimeOffset now = _timeProvider.GetUtcNow();
        _timeline.Add(answer.Factors, now);
        Volatile.Write(ref _refusal, null);
        Tell(answer);
        TimeSpan pause = Pause(answer.Factors, now);
        if (!answer.Skipped.Any(MayComeBack))
        {
            _retry = _firstRetry;
            return pause;
        }

        // A fallback answered: the preferred one may be back soon.
        TimeSpan retry = NextRetry();
        return retry < pause ? retry : pause;
    }

    private TimeSpan Refuse(CarbonIntensityAnswer answer)
    {
        Volatile.Write(ref _refusal, answer);
        Tell(answer);
        TimeSpan retry = NextRetry();
        TimeSpan pause = answer.RetryAfter is { } asked && asked > retry ? asked : retry;
        return pause < _longest ? pause : _longest;
    }

    private TimeSpan NextRetry()
    {
        TimeSpan retry = _retry;
        _retry = _retry * 2 < _refresh ? _retry * 2 : _refresh;
        return retry;
    }

    // Credentials do not mend themselves, and who asks to be left alone is.
    private static bool MayComeBack(SkippedCarbonProvider skipped) =>
        skipped.Gap is not (CarbonGap.Unauthorized or CarbonGap.RateLimited or CarbonGap.WrongKind);

    // Asked again when what it told ends, or after the refresh interval.
    private TimeSpan Pause(IReadOnlyList<CarbonFactor> factors, DateTimeOffset now)
    {
        DateTimeOffset end = factors.Where(factor => factor.ValidTo > now).Select(factor => factor.ValidTo).DefaultIfEmpty(now + _refresh).Max();
        TimeSpan left = end - now;
        return left < _shortest ? _shortest : left < _refresh ? left : _refresh;
    }

    private void Tell(CarbonIntensityAnswer answer)
    {
        string said = answer.Gap == CarbonGap.None ? answer.AnsweredBy ?? _chain.Name : answer.Gap.ToString();
        if (said == _answered) return;
        _answered = said;
        if (answer.Gap != CarbonGap.None) Log.CarbonRefused(_logger, answer.Gap, answer.Reason ?? string.Empty);
        else Log.CarbonAnswered(_logger, said, string.Join("; ", answer.Skipped));
    }
}
