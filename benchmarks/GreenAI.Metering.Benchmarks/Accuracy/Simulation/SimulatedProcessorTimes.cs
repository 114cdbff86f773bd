namespace GreenAI.Metering.Benchmarks;

/// <summary>Processor times as Linux tells them: our own to the microsecond, the machine's in steps of 10 ms.</summary>
internal sealed class SimulatedProcessorTimes(int cores) : IProcessorTimes
{
    private const double TicksPerSecond = 100;
    private double _own;
    private double _foreign;

    public void Add(double ownSeconds, double foreignSeconds)
    {
        _own += ownSeconds;
        _foreign += foreignSeconds;
    }

    public bool TryRead(out ProcessorTimesReading reading)
    {
        double busy = Math.Floor((_own + _foreign) * TicksPerSecond) / TicksPerSecond;
        reading = new ProcessorTimesReading(Math.Floor(_own * 1e6) / 1e6, busy, cores);
        return true;
    }
}
