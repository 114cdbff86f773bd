namespace GreenAI.Metering.Observability.Tests;

/// <summary>What the inferences in flight draw.</summary>
internal sealed class LoadGauge
{
    private double _watts;

    public double Watts
    {
        get => Volatile.Read(ref _watts);
        set => Volatile.Write(ref _watts, value);
    }
}
