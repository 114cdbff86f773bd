namespace GreenAI.Metering.Tests;

/// <summary>Processor times a test sets.</summary>
internal sealed class FakeProcessorTimes : IProcessorTimes
{
    public double Own { get; set; }

    public double Busy { get; set; }

    public double Throttled { get; set; } = double.NaN;

    public bool Fails { get; set; }

    public bool TryRead(out ProcessorTimesReading reading)
    {
        reading = new ProcessorTimesReading(Own, Busy, 2, Throttled);
        return !Fails;
    }
}
