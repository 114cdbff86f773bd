namespace GreenAI.Metering;

/// <summary>Says that the requests of an endpoint are inferences, and of which model.</summary>
/// <remarks>Found in <c>Endpoint.Metadata</c>; where there are several, the last one counts. Read once per endpoint.</remarks>
public interface IInferenceMeteringMetadata
{
    /// <summary>The model that each request runs; null when the handler begins its inferences itself by <see cref="IInferenceFeature.Begin(string)"/>.</summary>
    string? Model { get; }

    /// <summary>How the requests are admitted.</summary>
    /// <value>Null: by the defaults.</value>
    InferenceEndpointOptions? Options => null;
}
