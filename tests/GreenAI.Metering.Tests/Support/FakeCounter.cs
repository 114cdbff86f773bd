namespace GreenAI.Metering.Tests;

/// <summary>One counter of a <see cref="FakePowerSource"/>. Set and read from different threads.</summary>
internal sealed class FakeCounter(PowerDevice device)
{
    private long _value;

    public SampleFault Fault { get; set; }

    public float ProcessShare { get; set; } = float.NaN;

    public long Value
    {
        get => Interlocked.Read(ref _value);
        set => Interlocked.Exchange(ref _value, value);
    }

    public void Add(long microjoules)
    {
        long next = Value + microjoules;
        // As a real counter: past its range it starts again; the true modulus is one unit above the range.
        Value = device.CounterRangeMicrojoules > 0 && next > device.CounterRangeMicrojoules ? next - device.CounterRangeMicrojoules : next;
    }

    public PowerSample Sample(long now) => Fault == SampleFault.None
        ? PowerSample.FromCounter(now, Value, device.Tier) with { ProcessShare = ProcessShare }
        : PowerSample.Failed(now, Fault);
}
