namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>Processor times of a machine with two processors that a test sets.</summary>
internal sealed class FakeProcessorTimes : IProcessorTimes
{
    public double Busy { get; set; }

    public bool TryRead(out ProcessorTimesReading reading)
    {
        reading = new ProcessorTimesReading(Busy, Busy, 2, double.NaN);
        return true;
    }
}
