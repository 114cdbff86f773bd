namespace GreenAI.Metering;

/// <summary>When <c>/autoscaling/{model}</c> answers, and when it says that it does not know.</summary>
/// <remarks>Where it does not know it answers 503, so that KEDA falls back and HPA leaves the replicas alone: a frozen number would scale on a past that is over.</remarks>
public sealed class AutoscalingOptions
{
    /// <summary>The oldest reading of a device that signals may rest on.</summary>
    /// <value>Null: three sampling intervals, and at least 10 s. Above 0.</value>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>The share of the time since the start for which every device must have been read, from 0 to 1.</summary>
    /// <value>0.5: figures since the start are more measured than not. The answer tells the share, so that callers may ask more.</value>
    public double MinCoverage { get; set; } = 0.5;
}
