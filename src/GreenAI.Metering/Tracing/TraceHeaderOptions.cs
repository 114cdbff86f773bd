namespace GreenAI.Metering;

/// <summary>The options that decide bills.</summary>
internal sealed class TraceHeaderOptions
{
    public long SamplingIntervalTicks { get; init; }

    public EnergyScope Scope { get; init; }

    public int MaxModels { get; init; }

    public int MaxScopes { get; init; }

    /// <summary>What was declared of models, by name.</summary>
    public Dictionary<string, ModelOptions> Models { get; init; } = [];

    public static TraceHeaderOptions Of(GreenAIMeteringOptions options) => new()
    {
        Models = ModelOptions.Copy(options.Models),
        SamplingIntervalTicks = options.SamplingInterval.Ticks,
        Scope = options.Scope,
        MaxModels = options.MaxModels,
        MaxScopes = options.MaxScopes,
    };

    /// <summary>The options of the replay: what decides no bill is as small as it may be.</summary>
    public GreenAIMeteringOptions ToOptions() => new()
    {
        SamplingInterval = new TimeSpan(SamplingIntervalTicks),
        Scope = Scope,
        MaxModels = MaxModels,
        MaxScopes = MaxScopes,
        Models = Models ?? [],
        RingCapacity = 64,
        ObserverQueueCapacity = 16,
    };
}
