namespace GreenAI.Metering;

/// <summary>What is known of a model before it has run.</summary>
public sealed class ModelOptions
{
    /// <summary>
    /// The devices the model uses: <c>cpu</c> (packages and memory), <c>gpu</c>, <c>accelerator</c>, or how a device's identifier
    /// begins (<c>nvml:GPU-8f6a</c>); capitals do not matter. On any other device the model gets no energy, however long it is active. A meter of the
    /// whole platform counts as used by all.
    /// </summary>
    /// <value>Null: all devices; so does an empty list.</value>
    public IList<string>? Devices { get; set; }

    /// <summary>
    /// Power of one active inference relative to that of other models, where you know it: the starting point of what is learned.
    /// It is believed where the models cannot be told apart, and corrected where they can. Only ratios count; a model without one
    /// weighs 1.
    /// </summary>
    /// <value>1. Above 0, at most 1,000,000.</value>
    public double RelativeWeight { get; set; } = 1;

    /// <summary>What kind of work it does: some targets are not meant for models that generate.</summary>
    /// <value><see cref="WorkloadKind.Unspecified"/>.</value>
    public WorkloadKind Workload { get; set; }

    // Options are read once: what the caller changes afterwards changes nothing.
    internal static Dictionary<string, ModelOptions> Copy(IDictionary<string, ModelOptions>? models)
    {
        var copy = new Dictionary<string, ModelOptions>(StringComparer.Ordinal);
        foreach ((string name, ModelOptions? model) in models ?? new Dictionary<string, ModelOptions>())
            copy[name] = new ModelOptions { Devices = model?.Devices is { } devices ? [.. devices] : null, RelativeWeight = model?.RelativeWeight ?? 1, Workload = model?.Workload ?? default };
        return copy;
    }
}
