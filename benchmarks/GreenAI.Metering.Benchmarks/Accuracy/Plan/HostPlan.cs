namespace GreenAI.Metering.Benchmarks;

/// <summary>How the host turns running inferences into power: see <see cref="PowerModel"/>.</summary>
/// <param name="Cores">K: more busy than that share them.</param>
/// <param name="TurboDrop">What part of its frequency a core loses when all are active.</param>
/// <param name="WakeUpWatts">F: drawn while at least one inference runs.</param>
/// <param name="CapWatts">What a concave device's power tends to; 0 for a linear one.</param>
internal sealed record HostPlan(int Cores, double TurboDrop, double WakeUpWatts, double CapWatts);
