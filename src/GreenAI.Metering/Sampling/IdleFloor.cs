namespace GreenAI.Metering;

/// <summary>Learns a device's idle power, and books idle energy per interval.</summary>
/// <remarks>
/// The floor is the duration-weighted mean power of quiet periods, remembered over 2 s of observed quiet (attribution,
/// section 3). The minimum would be wrong: over a gap of 1 to 2 ms a counter that moves once a millisecond makes it tend to
/// half of true idle. Never observed: the intercept of power over concurrency, if concurrency varied enough; else unknown.
/// Called by the closer only.
/// </remarks>
internal sealed class IdleFloor
{
    private const double MemorySeconds = 2;
    private const double TrustedSeconds = 1;
    private const double NewFloorSeconds = 10;
    private const double AgeHalfLifeSeconds = 5;
    private const double MinimumPeriodSeconds = 0.005;
    private const double OutlierFactor = 1.5;
    private const double DebtLimitMicrojoules = 1e6;

    private readonly InterceptFit _fit = new();
    private readonly bool _stated;
    private double _weight;
    private double _highSeconds;
    private double _lastQuietSeconds;
    private double _debtMicrojoules;

    /// <param name="stated">Idle power when the device itself states it; then nothing is learned.</param>
    public IdleFloor(Power? stated)
    {
        if (stated is not { } power) return;
        _stated = true;
        Watts = power.Watts;
        Source = FloorSource.Stated;
    }

    /// <summary>Where the floor comes from.</summary>
    public FloorSource Source { get; private set; }

    /// <summary>How often the floor was found anew, instead of averaged on: from another source, or after long quiet above it.</summary>
    public int Generation { get; private set; }

    /// <summary>The floor in watts; 0 when unknown.</summary>
    public double Watts { get; private set; }

    /// <summary>Takes in a period without any active scope, in which the process and others were quiet.</summary>
    public void ObserveQuiet(double watts, double seconds, double nowSeconds)
    {
        if (_stated || seconds < MinimumPeriodSeconds) return;
        if (IsOutlier(watts, seconds)) return;
        // The first observation replaces a fitted floor; later ones are averaged over the memory.
        double kept = Source == FloorSource.Observed ? Math.Max(0, Math.Min(Aged(nowSeconds - seconds), MemorySeconds - seconds)) : 0;
        Watts = ((Watts * kept) + (watts * seconds)) / (kept + seconds);
        _weight = kept + seconds;
        _lastQuietSeconds = nowSeconds;
        SetSource(FloorSource.Observed);
    }

    // Of a floor of 0 W every power would be an outlier, and of one seen for a moment (a counter's first steps, a host that woke
    // from deep sleep) most. Quiet that stays above is no outlier but a new floor: a board idles higher once it has a context.
    private bool IsOutlier(double watts, double seconds)
    {
        bool high = Source == FloorSource.Observed && _weight >= TrustedSeconds && Watts > 0 && watts > Watts * OutlierFactor;
        _highSeconds = high ? _highSeconds + seconds : 0;
        if (_highSeconds < NewFloorSeconds) return high;
        _highSeconds = _weight = 0;
        Generation++;
        return false;
    }

    // A machine's idle power drifts while it works: what was seen before a busy stretch says less than what is seen after it.
    private double Aged(double quietSince) =>
        _weight * Math.Pow(0.5, Math.Max(0, quietSince - _lastQuietSeconds) / AgeHalfLifeSeconds);

    /// <summary>Takes in a period with active scopes and little foreign load.</summary>
    public void ObserveActive(double watts, double concurrency, double seconds, double nowSeconds)
    {
        if (_stated || Source == FloorSource.Observed || seconds < MinimumPeriodSeconds) return;
        _fit.Add(concurrency, watts, seconds);
        if (!_fit.TryGetIntercept(out double intercept)) return;
        Watts = intercept;
        _lastQuietSeconds = nowSeconds;
        SetSource(FloorSource.Fitted);
    }

    private void SetSource(FloorSource source)
    {
        if (Source != source) Generation++;
        Source = source;
    }

    /// <summary>Idle energy of an interval: floor × time, at most what there is; a shortfall is owed by the next intervals.</summary>
    /// <remarks>max(0, energy − floor) alone would rectify the counter's noise into a bias.</remarks>
    public long Book(long microjoules, double seconds)
    {
        if (Source == FloorSource.Unknown) return 0;
        double due = (Watts * seconds * 1e6) + _debtMicrojoules;
        long booked = Math.Clamp((long)Math.Round(Math.Min(due, long.MaxValue / 2)), 0, microjoules);
        _debtMicrojoules = Math.Min(due - booked, DebtLimitMicrojoules);
        return booked;
    }

    /// <summary>Relative uncertainty of the floor: 1 %, growing by 0.1 W/s from 5 s after the last quiet, at most 25 %.</summary>
    public double RelativeUncertainty(double nowSeconds) => Source switch
    {
        FloorSource.Observed => Math.Clamp(0.1 * (nowSeconds - _lastQuietSeconds - 5) / Math.Max(Watts, 1e-3), 0.01, 0.25),
        FloorSource.Fitted => 0.25,
        // A stated floor's band is the device's own.
        _ => 0,
    };
}
