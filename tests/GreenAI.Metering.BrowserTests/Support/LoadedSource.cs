namespace GreenAI.Metering.BrowserTests.Support;

/// <summary>A processor and an accelerator that draw more while inferences run, as counters.</summary>
internal sealed class LoadedSource(TimeProvider timeProvider) : IPowerSource
{
    private const double ProcessorIdle = 9, AcceleratorIdle = 22, AcceleratorMost = 180;

    private readonly object _gate = new();
    private long _last = timeProvider.GetTimestamp();
    private double _processorWatts = ProcessorIdle;
    private double _acceleratorWatts = AcceleratorIdle;
    private double _processorJoules;
    private double _acceleratorJoules;

    public string Name => "loaded";

    public IReadOnlyList<PowerDevice> Devices { get; } =
    [
        Of("loaded:cpu", "Processor package 0", EnergyDomain.CpuPackage, ProcessorIdle, "A remark as long as that of an estimate from processor time: coefficients, where they are from, under which licence, and what they cover."),
        Of("loaded:gpu", "Accelerator 0", EnergyDomain.Gpu, AcceleratorIdle, null),
    ];

    /// <summary>Adds to what is drawn from now on.</summary>
    public void Add(double processorWatts, double acceleratorWatts)
    {
        lock (_gate)
        {
            Advance();
            _processorWatts += processorWatts;
            _acceleratorWatts += acceleratorWatts;
        }
    }

    public void Read(Span<PowerSample> samples)
    {
        lock (_gate)
        {
            Advance();
            samples[0] = PowerSample.FromCounter(_last, (long)(_processorJoules * 1e6));
            samples[1] = PowerSample.FromCounter(_last, (long)(_acceleratorJoules * 1e6)) with
            {
                Utilization = (float)Math.Clamp((_acceleratorWatts - AcceleratorIdle) / (AcceleratorMost - AcceleratorIdle), 0, 1),
            };
        }
    }

    public void Dispose()
    {
    }

    private void Advance()
    {
        long now = timeProvider.GetTimestamp();
        double seconds = timeProvider.GetElapsedTime(_last, now).TotalSeconds;
        _processorJoules += _processorWatts * seconds;
        _acceleratorJoules += _acceleratorWatts * seconds;
        _last = now;
    }

    private static PowerDevice Of(string id, string name, EnergyDomain domain, double idle, string? remark) => new()
    {
        Id = id,
        Name = name,
        Domain = domain,
        Tier = MeasurementTier.Measured,
        IdlePower = Power.FromWatts(idle),
        SharedByCpuTime = false,
        Uncertainty = RelativeUncertainty.Symmetric(0.05),
        Remark = remark,
    };
}
