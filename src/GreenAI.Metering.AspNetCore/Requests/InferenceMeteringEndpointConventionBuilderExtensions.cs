using GreenAI.Metering;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Marks endpoints as inferences. They are metered by <c>UseInferenceMetering</c>, without which the marks mean nothing.</summary>
/// <remarks>Said of many endpoints at once, such as by <c>MapControllers()</c>, a mark leaves those as they are that have an <see cref="InferenceMeteringAttribute"/>.</remarks>
public static class InferenceMeteringEndpointConventionBuilderExtensions
{
    /// <summary>Meters the requests of the endpoint, whose handler begins the inferences itself (<see cref="IInferenceFeature.Begin(string)"/>).</summary>
    /// <typeparam name="TBuilder">What the endpoint was mapped with.</typeparam>
    /// <param name="builder">The endpoint.</param>
    /// <returns>The same endpoint.</returns>
    public static TBuilder WithInferenceMetering<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => Mark(builder, new InferenceMeteringMetadata(null, null));

    /// <summary>Meters each request of the endpoint as one inference of a model.</summary>
    /// <typeparam name="TBuilder">What the endpoint was mapped with.</typeparam>
    /// <param name="builder">The endpoint.</param>
    /// <param name="model">The model that each request runs.</param>
    /// <returns>The same endpoint.</returns>
    /// <exception cref="ArgumentException">The name is empty, longer than 256 characters, or <c>(overflow)</c>.</exception>
    public static TBuilder WithInferenceMetering<TBuilder>(this TBuilder builder, string model)
        where TBuilder : IEndpointConventionBuilder
    {
        ModelRegistry.ThrowIfUnfit(model);
        return Mark(builder, new InferenceMeteringMetadata(model, null));
    }

    /// <summary>Meters each request of the endpoint as one inference of a model, and says how requests are admitted.</summary>
    /// <typeparam name="TBuilder">What the endpoint was mapped with.</typeparam>
    /// <param name="builder">The endpoint.</param>
    /// <param name="model">The model that each request runs.</param>
    /// <param name="configure">Sets the options of the endpoint; called once, at once.</param>
    /// <returns>The same endpoint.</returns>
    /// <exception cref="ArgumentException">The name is empty, longer than 256 characters, or <c>(overflow)</c>.</exception>
    public static TBuilder WithInferenceMetering<TBuilder>(this TBuilder builder, string model, Action<InferenceEndpointOptions> configure)
        where TBuilder : IEndpointConventionBuilder
    {
        ModelRegistry.ThrowIfUnfit(model);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new InferenceEndpointOptions();
        configure(options);
        return Mark(builder, new InferenceMeteringMetadata(model, options));
    }

    private static TBuilder Mark<TBuilder>(TBuilder builder, InferenceMeteringMetadata metadata)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(endpoint =>
        {
            // What is said of all controllers at once comes after what an action says of itself, which is nearer.
            if (!endpoint.Metadata.Any(static found => found is InferenceMeteringAttribute)) endpoint.Metadata.Add(metadata);
        });
        return builder;
    }
}
