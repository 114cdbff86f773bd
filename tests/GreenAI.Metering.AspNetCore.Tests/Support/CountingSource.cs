namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>A steady source that counts how often it is read, and that may be told to fail.</summary>
internal sealed class CountingSource(TimeProvider? timeProvider = null, double watts = 20) : IPowerSource
{
    private readonly SteadySource _inner = new(timeProvider ?? TimeProvider.System, watts);
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;
    private int _reads;

    public string Name => _inner.Name;

    public IReadOnlyList<PowerDevice> Devices => _inner.Devices;

    public int Reads => Volatile.Read(ref _reads);

    public bool Fails { get; set; }

    public void Read(Span<PowerSample> samples)
    {
        Interlocked.Increment(ref _reads);
        if (Fails) samples.Fill(PowerSample.Failed(_time.GetTimestamp(), SampleFault.Missing));
        else _inner.Read(samples);
    }

    public void Dispose() => _inner.Dispose();
}
