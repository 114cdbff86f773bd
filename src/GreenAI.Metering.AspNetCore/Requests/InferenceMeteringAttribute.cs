namespace GreenAI.Metering;

/// <summary>Says that the requests of a controller, an action or a gRPC method are inferences of a model. The nearest one counts.</summary>
/// <param name="model">The model that each request runs.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = false, Inherited = true)]
public sealed class InferenceMeteringAttribute(string model) : Attribute, IInferenceMeteringMetadata
{
    /// <inheritdoc/>
    public string Model { get; } = model;
}
