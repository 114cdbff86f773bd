namespace GreenAI.Metering;

/// <summary>What <c>WithInferenceMetering</c> puts into an endpoint.</summary>
internal sealed class InferenceMeteringMetadata(string? model, InferenceEndpointOptions? options) : IInferenceMeteringMetadata
{
    public string? Model => model;

    public InferenceEndpointOptions? Options => options;

    public override string ToString() => $"Inference of {model ?? "what the handler begins"}";
}
