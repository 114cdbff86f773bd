namespace GreenAI.Metering.Observability.Tests.Kubernetes;

/// <summary>
/// The Horizontal Pod Autoscaler by the formula of its documentation: desired = ceil(current × metric / target) outside a tolerance of 10 %, the least
/// of what was desired within the wait for growth, the most within the wait for shrinking. It scales on the mean utilisation of a window.
/// </summary>
internal sealed class Scaler
{
    // How often the autoscaler looks.
    private const int StepSeconds = 15;
    private const int MaxReplicas = 12;

    public required double Target { get; init; }

    public required int GrowthWaitSeconds { get; init; }

    public required int ShrinkingWaitSeconds { get; init; }

    public int WindowSeconds { get; init; } = 60;

    /// <summary>Replicas over an hour, from one on, of a load that would keep so many replicas busy.</summary>
    public int[] Run(double load)
    {
        List<int> replicas = [1];
        List<double> utilization = [];
        List<int> desired = [1];
        for (int step = 0; step < 3600 / StepSeconds; step++)
        {
            int current = replicas[^1];
            utilization.Add(Math.Min(1, load / current));
            double ratio = utilization.TakeLast(Math.Max(1, WindowSeconds / StepSeconds)).Average() / Target;
            desired.Add(Math.Abs(ratio - 1) <= 0.1 ? current : Math.Clamp((int)Math.Ceiling(current * ratio), 1, MaxReplicas));
            int up = desired.TakeLast(1 + (GrowthWaitSeconds / StepSeconds)).Min(), down = desired.TakeLast(1 + (ShrinkingWaitSeconds / StepSeconds)).Max();
            replicas.Add(up > current ? up : down < current ? down : current);
        }

        return [.. replicas];
    }
}
