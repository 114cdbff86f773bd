namespace GreenAI.Metering;

/// <summary>The recorded processor times.</summary>
internal sealed class ReplayProcessorTimes(TracePlayer player) : IProcessorTimes
{
    public bool TryRead(out ProcessorTimesReading reading) => player.TryTakeProcessorTimes(out reading);
}
