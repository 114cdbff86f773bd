namespace GreenAI.Metering.GpuAcceptance;

/// <summary>Something that keeps the boards busy until it is disposed.</summary>
internal interface IBoardLoad : IDisposable
{
    /// <summary>What it does, for people.</summary>
    string Description { get; }

    /// <summary>Why it stopped loading before it was disposed; null while it works.</summary>
    string? Trouble { get; }
}
