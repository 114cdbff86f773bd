namespace GreenAI.Metering;

/// <summary>What an embodied figure is of.</summary>
public enum EmbodiedKind
{
    /// <summary>One accelerator: a GPU card or module, without its host.</summary>
    Accelerator,

    /// <summary>One server; with its accelerators only where the name says so.</summary>
    Server,
}
