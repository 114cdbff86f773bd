namespace GreenAI.Metering;

/// <summary>Lets a controller, an action or a gRPC method tell its callers what their request has cost. The nearest one counts.</summary>
/// <param name="exposure">In which ways.</param>
/// <remarks>Why this is off by default: <see cref="CarbonExposure"/>. The endpoint must be metered, and <c>UseInferenceMetering</c> be called.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = false, Inherited = true)]
public sealed class ExposeCarbonAttribute(CarbonExposure exposure) : Attribute, ICarbonExposureMetadata
{
    /// <inheritdoc/>
    public CarbonExposure Exposure { get; } = exposure;
}
