using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Asks the providers of grid factors in the background and keeps the timeline filled. It never throws and never blocks.</summary>
internal sealed class CarbonFeed
{
    private static readonly TimeSpan _firstRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);

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
        _chain = new FallbackCarbonIntensity(providers, timeProvider);
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

        return Fixed(providers[0]) is not null;
    }

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

    private async Task<TimeSpan> AskAsync(CancellationToken stop)
    {
        CarbonIntensityAnswer answer;
        try
        {
            answer = await _chain.GetAsync(stop).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (stop.IsCancellationRequested) return _shortest;
            answer = CarbonIntensityAnswer.Refused(CarbonGap.Unreachable, $"The provider of grid carbon intensities failed: {exception.GetType().Name}.");
        }

        DateTimeOffset now = _timeProvider.GetUtcNow();
        Tell(answer);
        if (answer.Gap != CarbonGap.None)
        {
            Volatile.Write(ref _refusal, answer);
            TimeSpan pause = answer.RetryAfter is { } asked && asked > _retry ? asked : _retry;
            _retry = _retry * 2 < _refresh ? _retry * 2 : _refresh;
            return pause;
        }

        Volatile.Write(ref _refusal, null);
        _retry = _firstRetry;
        _timeline.Add(answer.Factors, now);
        return Pause(answer.Factors, now);
    }

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
