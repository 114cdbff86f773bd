namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>A graphics board that draws 20 W and tells the utilisation a test sets.</summary>
internal sealed class LoadedBoard(TimeProvider timeProvider) : IPowerSource
{
    private readonly long _start = timeProvider.GetTimestamp();
    private bool _isHeld;

    public string Name => "board";

    public IReadOnlyList<PowerDevice> Devices { get; } =
    [
        new PowerDevice
        {
            Id = "board:0",
            Name = "Loaded board",
            Domain = EnergyDomain.Gpu,
            Tier = MeasurementTier.Measured,
            IdlePower = Power.Zero,
            SharedByCpuTime = false,
            UpdatePeriod = TimeSpan.Zero,
        },
    ];

    /// <summary>From 0 to 1; NaN: the board does not tell.</summary>
    public float Utilization { get; set; }

    public bool Fails { get; set; }

    /// <summary>Set while a reading shall not return.</summary>
    public ManualResetEventSlim Free { get; } = new(initialState: true);

    /// <summary>Whether a reading waits for <see cref="Free"/>.</summary>
    public bool IsHeld => Volatile.Read(ref _isHeld);

    public void Read(Span<PowerSample> samples)
    {
        Volatile.Write(ref _isHeld, !Free.IsSet);
        Free.Wait();
        long now = timeProvider.GetTimestamp();
        samples[0] = Fails
            ? PowerSample.Failed(now, SampleFault.Missing)
            : PowerSample.FromCounter(now, (long)(timeProvider.GetElapsedTime(_start, now).TotalSeconds * 20e6)) with { Utilization = Utilization };
    }

    public void Dispose() => Free.Dispose();
}
