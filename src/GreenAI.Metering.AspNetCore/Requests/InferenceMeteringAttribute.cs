namespace GreenAI.Metering;

/// <summary>Says that the requests of a controller, an action, a gRPC service or one of its methods are inferences of a model. The nearest one counts.</summary>
/// <remarks>Needs <c>UseInferenceMetering</c> in the pipeline.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = false, Inherited = true)]
public sealed class InferenceMeteringAttribute : Attribute, IInferenceMeteringMetadata
{
    private readonly InferenceEndpointOptions _options = new();

    /// <summary>Each request is one inference of a model.</summary>
    /// <param name="model">The model that each request runs.</param>
    /// <exception cref="ArgumentException">The name is empty, longer than 256 characters, or <c>(overflow)</c>.</exception>
    public InferenceMeteringAttribute(string model)
    {
        ModelRegistry.ThrowIfUnfit(model);
        Model = model;
    }

    /// <summary>The handler begins the inferences of each request itself, by <see cref="IInferenceFeature.Begin(string)"/>.</summary>
    public InferenceMeteringAttribute()
    {
    }

    /// <inheritdoc/>
    public string? Model { get; }

    /// <summary>The most energy that a request is likely to cost, in joules; that much is reserved from budgets until the bill is final.</summary>
    /// <value>0: what the model's dearest recent inference cost.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 0, or to what is not a finite number. Read by reflection, it is the inner exception of the framework's.</exception>
    public double EstimateJoules
    {
        get => _options.Estimate?.Joules ?? 0;
        set
        {
            if (value < 0 || !double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(EstimateJoules)} must be a finite number of joules; 0 means what the model's dearest recent inference cost.");
            _options.Estimate = value > 0 ? Energy.FromJoulesAtMost(value) : null;
        }
    }

    /// <inheritdoc cref="InferenceEndpointOptions.Priority"/>
    public string? Priority
    {
        get => _options.Priority;
        set => _options.Priority = value;
    }

    /// <inheritdoc cref="InferenceEndpointOptions.UsesTenant"/>
    public bool UsesTenant
    {
        get => _options.UsesTenant;
        set => _options.UsesTenant = value;
    }

    /// <inheritdoc cref="InferenceEndpointOptions.WaitsForDelay"/>
    public bool WaitsForDelay
    {
        get => _options.WaitsForDelay;
        set => _options.WaitsForDelay = value;
    }

    InferenceEndpointOptions? IInferenceMeteringMetadata.Options => _options;
}
