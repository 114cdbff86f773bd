using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GreenAI.Metering;

/// <summary>What this process metered in the last complete day (UTC): looks at the books each midnight, and knows a day once it has seen both its ends.</summary>
/// <remarks>Thread-safe.</remarks>
[Experimental("GAIM0001")]
internal sealed class DailyFigures : IDisposable
{
    // A day of which less was read, or a sum of which less was priced, is no figure of the day.
    private const double LeastShare = 0.95;

    // A host that slept over midnight has no boundary there.
    private static readonly TimeSpan _latest = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan _afterMidnight = TimeSpan.FromSeconds(1);

    private readonly EnergyMeter _meter;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private DayBoundary? _start;
    private SustainabilityFigures? _figures;

    public DailyFigures(EnergyMeter meter, TimeProvider time)
    {
        _meter = meter;
        _time = time;
        _timer = time.CreateTimer(static state => ((DailyFigures)state!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Wait();
    }

    /// <summary>The figures of the day before today; null: it was not seen from end to end, or not read well enough.</summary>
    public SustainabilityFigures? Get()
    {
        SustainabilityFigures? figures = Volatile.Read(ref _figures);
        return figures?.ReportingPeriod == Text(Today().AddDays(-1)) ? figures : null;
    }

    public void Dispose() => _timer.Dispose();

    private DateOnly Today() => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    private void Look()
    {
        DateTime now = _time.GetUtcNow().UtcDateTime;
        if (now.TimeOfDay <= _latest)
        {
            DayBoundary end = DayBoundary.Of(_meter.GetTotals(), DateOnly.FromDateTime(now));
            if (_start is { } start && start.Day.AddDays(1) == end.Day) Volatile.Write(ref _figures, Between(start, end));
            _start = end;
        }
        else
        {
            _start = null;
        }

        Wait();
    }

    private void Wait()
    {
        DateTime now = _time.GetUtcNow().UtcDateTime;
        // A second late each day: a timer that fired a moment early would miss its midnight.
        _timer.Change(now.Date.AddDays(1) - now + _afterMidnight, Timeout.InfiniteTimeSpan);
    }

    private static SustainabilityFigures? Between(in DayBoundary start, in DayBoundary end)
    {
        double elapsed = end.Elapsed - start.Elapsed, total = end.Total - start.Total;
        if (!(elapsed > 0 && end.Covered - start.Covered >= LeastShare * elapsed) || end.Tier == MeasurementTier.Unavailable || !(total > 0)) return null;
        var figures = new SustainabilityFigures { ReportingPeriod = Text(start.Day), Energy = Energy.FromMicrojoules(end.Microjoules - start.Microjoules) };
        if (end.Method == CarbonMethod.Consequential || end.Priced - start.Priced < LeastShare * total) return figures;
        long operational = end.OperationalMicrograms - start.OperationalMicrograms;
        long? embodied = end.EmbodiedMicrograms - start.EmbodiedMicrograms;
        return figures with
        {
            Accounting = end.Method,
            Scope2 = CarbonMass.FromMicrograms(operational),
            Scope3 = embodied is { } made ? CarbonMass.FromMicrograms(made) : null,
            CarbonFootprint = CarbonMass.FromMicrograms(operational + (embodied ?? 0)),
        };
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
