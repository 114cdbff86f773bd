namespace GreenAI.Metering.Tests;

internal sealed class FakeBusyTime : IBusyTime
{
    public long Microseconds { get; set; }

    public SampleFault Fault { get; set; }

    public SampleFault TryRead(out long microseconds)
    {
        microseconds = Microseconds;
        return Fault;
    }

    public void Dispose()
    {
    }
}
