using GreenAI.Metering;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Marks endpoints as inferences.</summary>
public static class InferenceMeteringEndpointConventionBuilderExtensions
{
    /// <summary>Meters each request of the endpoint as one inference of a model. Needs <c>UseInferenceMetering</c>.</summary>
    /// <typeparam name="TBuilder">What the endpoint was mapped with.</typeparam>
    /// <param name="builder">The endpoint.</param>
    /// <param name="model">The model that each request runs.</param>
    /// <returns>The same endpoint.</returns>
    public static TBuilder WithInferenceMetering<TBuilder>(this TBuilder builder, string model)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        var metadata = new InferenceMeteringAttribute(model);
        builder.Add(endpoint => endpoint.Metadata.Add(metadata));
        return builder;
    }
}
