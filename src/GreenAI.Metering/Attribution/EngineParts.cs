using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>What an engine is made of.</summary>
internal sealed class EngineParts
{
    public required GreenAIMeteringOptions Options { get; init; }

    public required IReadOnlyList<IPowerSource> Sources { get; init; }

    public required IProcessorTimes ProcessorTimes { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required ILogger Logger { get; init; }

    public required IFinalFootprints Finals { get; init; }

    /// <summary>Whether watts are learned; otherwise every model weighs the same.</summary>
    public bool LearnPower { get; init; } = true;

    /// <summary>By what the account of emissions is kept.</summary>
    public CarbonAccount Carbon { get; init; } = CarbonAccount.None;

    /// <summary>Records what the closer sees; null when nothing is recorded.</summary>
    public TraceRecorder? Trace { get; init; }
}
