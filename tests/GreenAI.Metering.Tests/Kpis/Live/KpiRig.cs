namespace GreenAI.Metering.Tests;

/// <summary>A meter with a grid factor, a PUE and a server to write off, over simulated time.</summary>
internal sealed class KpiRig : IDisposable
{
    public const double GramsPerJoule = 400 * 1.2 / 3.6e6;
    public const double ServerGrams = 100_000_000;
    public const double LifespanHours = 4 * 8760;

    private readonly List<InferenceScope> _open = [];
    private int _tick;

    public KpiRig(GreenAIMeteringOptions? options = null, params ICarbonIntensityProvider[] carbon) =>
        Rig = new MeterRig(options ?? Options(), learnPower: true, carbon, FakePowerSource.Cpu("kpi:cpu", idle: Power.FromWatts(20)));

    public MeterRig Rig { get; }

    public EnergyMeter Meter => Rig.Meter;

    public MeterKpis Kpis => Rig.Meter.Kpis;

    public static GreenAIMeteringOptions Options() => new()
    {
        Carbon = new CarbonOptions
        {
            GramsPerKilowattHour = 400,
            Source = "test",
            Pue = 1.2,
            Embodied = { ["server"] = new EmbodiedOptions { KilogramsCO2e = 100_000, LifespanYears = 4, Devices = "cpu" } },
        },
    };

    /// <summary>Two models at work, some of it failing, beside another process; 10 ticks a second.</summary>
    public void Serve(double seconds, double watts = 120)
    {
        for (int i = 0; i < (int)Math.Round(seconds * 10); i++, _tick++)
        {
            _open.Add(Meter.Begin("a"));
            if (_tick % 3 == 0) _open.Add(Meter.Begin("b"));
            Rig.Run(0.1, watts, ownProcessors: 1, foreignProcessors: 0.5);
            for (int scope = 0; scope < _open.Count; scope++)
            {
                if (_tick % 9 == 0 && scope == 0) _open[scope].Fail();
                else _open[scope].Complete(20);
            }

            _open.Clear();
            Meter.Engine.Tick();
        }
    }

    /// <summary>This process at work, but on no inference.</summary>
    public void Toil(double seconds, double watts = 60)
    {
        for (int i = 0; i < (int)Math.Round(seconds * 10); i++)
        {
            Rig.Run(0.1, watts, ownProcessors: 1, foreignProcessors: 0);
            Meter.Engine.Tick();
        }
    }

    /// <summary>The only row of an indicator.</summary>
    public KpiValue Value(Kpi kpi, string? model, TimeSpan? window) =>
        Kpis.Read().Single(row => row.Value.Kpi == kpi && row.Model == model && row.Asked == window).Value;

    public void Dispose() => Rig.Dispose();
}
