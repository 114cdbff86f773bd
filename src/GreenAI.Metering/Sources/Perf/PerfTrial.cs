namespace GreenAI.Metering;

/// <summary>A counter, and the error number its opening and first reading gave; 0 for none.</summary>
internal readonly record struct PerfTrial(PerfCounter Counter, int Error)
{
    public static PerfTrial Of(PerfCounter counter, uint type) => new(counter, counter.Start(type));
}
