namespace GreenAI.Metering;

/// <summary>A recorded source.</summary>
internal sealed class TraceHeaderSource
{
    public string Name { get; init; } = "";

    public TraceHeaderDevice[] Devices { get; init; } = [];
}
