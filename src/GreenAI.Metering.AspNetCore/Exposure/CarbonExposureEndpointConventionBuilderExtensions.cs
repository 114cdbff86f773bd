using GreenAI.Metering;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Lets endpoints tell their callers what requests have cost.</summary>
public static class CarbonExposureEndpointConventionBuilderExtensions
{
    private const CarbonExposure All = CarbonExposure.Header | CarbonExposure.Trailer | CarbonExposure.ServerTiming | CarbonExposure.Usage;

    /// <summary>Lets an endpoint tell its callers what their request has cost. Nothing is told otherwise: <see cref="CarbonExposure"/> has the reason.</summary>
    /// <typeparam name="TBuilder">What the endpoint was mapped with.</typeparam>
    /// <param name="builder">The endpoint, metered by <c>WithInferenceMetering</c>.</param>
    /// <param name="exposure">In which ways; <see cref="CarbonExposure.None"/> takes back what its group allows.</param>
    /// <returns>The same endpoint.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is no way there is.</exception>
    /// <remarks>
    /// Said of many endpoints at once, such as by <c>MapControllers()</c>, it leaves those as they are that have an <see cref="ExposeCarbonAttribute"/>, unless it is <see cref="CarbonExposure.None"/>.
    /// Where the header or the trailer is exposed, a <c>Carbon-Emissions-Scope-2</c> header that the handler set itself, such as one that came from a backend, is replaced, or taken
    /// away while no figure is known: a caller could not tell whose it is. <c>Server-Timing</c> entries of the handler stay. Requests' own headers of these names are never read.
    /// </remarks>
    public static TBuilder ExposeCarbon<TBuilder>(this TBuilder builder, CarbonExposure exposure)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        if ((exposure & ~All) != 0) throw new ArgumentOutOfRangeException(nameof(exposure), exposure, "An exposure is any of Header, Trailer, ServerTiming and Usage, or None.");
        var metadata = new CarbonExposureMetadata(exposure);
        builder.Add(endpoint =>
        {
            // What is said of all controllers at once comes after what an action says of itself, which is nearer; to take back is never undone.
            if (exposure == CarbonExposure.None || !endpoint.Metadata.Any(static found => found is ExposeCarbonAttribute)) endpoint.Metadata.Add(metadata);
        });
        return builder;
    }
}
