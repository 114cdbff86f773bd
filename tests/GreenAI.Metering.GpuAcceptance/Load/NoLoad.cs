namespace GreenAI.Metering.GpuAcceptance;

/// <summary>No load: there is nothing to make one with.</summary>
internal sealed class NoLoad(string reason) : IBoardLoad
{
    public string Description => "none";

    public string? Trouble => reason;

    public void Dispose()
    {
    }
}
