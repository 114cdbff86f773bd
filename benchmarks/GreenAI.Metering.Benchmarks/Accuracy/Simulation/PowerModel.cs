namespace GreenAI.Metering.Benchmarks;

/// <summary>True dynamic power of a host from what runs on it, and what part of it is each model's.</summary>
/// <remarks>
/// <para>With n running inferences (those that wait do not run), of model m n_m of w_m watts each, and g foreign processors busy on K cores:</para>
/// <list type="bullet">
/// <item>Sharing: with more than K busy, each gets s = K / (n + g) of a core: it progresses and draws s of what it would.</item>
/// <item>Turbo: the frequency is f = 1 − drop · (c − 1) / (K − 1) with c = min(K, n + g) active cores. Progress goes with f, dynamic power
/// (foreign too) with f³.</item>
/// <item>Load: x = f³ · s · Σ w_m n_m. With a cap (a concave GPU) power is cap · (1 − e^(−x / cap)); without, x. Durations do not change by the cap.</item>
/// <item>Wake-up: F watts more while at least one inference runs.</item>
/// </list>
/// <para>
/// The truth of a model at an instant: power without wake-up in proportion to w_m n_m (that is, w_m n_m s where power is linear; under turbo and
/// cap the whole in proportion to nominal watts), and F in proportion to n_m.
/// </para>
/// </remarks>
internal sealed class PowerModel(HostPlan host, ForeignPlan foreign)
{
    /// <summary>Computes the host's state and each model's true watts.</summary>
    /// <param name="running">Running inferences of each model.</param>
    /// <param name="watts">Nominal watts of one running inference of each model.</param>
    /// <param name="foreignCores">Processors that others keep busy.</param>
    /// <param name="split">Receives the true watts of each model.</param>
    public PowerState Evaluate(ReadOnlySpan<int> running, ReadOnlySpan<double> watts, double foreignCores, Span<double> split)
    {
        int count = 0;
        double nominal = 0;
        for (int model = 0; model < running.Length; model++)
        {
            count += running[model];
            nominal += running[model] * watts[model];
        }

        double busy = count + foreignCores;
        double sharing = busy > host.Cores ? host.Cores / busy : 1;
        double cores = Math.Min(busy, host.Cores);
        double frequency = 1 - (host.TurboDrop * Math.Max(0, cores - 1) / Math.Max(1, host.Cores - 1));
        double scale = sharing * frequency * frequency * frequency;
        double load = Concave(nominal * scale);
        for (int model = 0; model < running.Length; model++)
        {
            split[model] = running[model] == 0
                ? 0
                : (load * running[model] * watts[model] / nominal) + (host.WakeUpWatts * running[model] / count);
        }

        return new PowerState(
            load + (count > 0 ? host.WakeUpWatts : 0),
            foreignCores * foreign.WattsPerCore * scale,
            sharing * frequency,
            count * sharing,
            foreignCores * sharing);
    }

    private double Concave(double load) => host.CapWatts > 0 ? host.CapWatts * (1 - Math.Exp(-load / host.CapWatts)) : load;
}
