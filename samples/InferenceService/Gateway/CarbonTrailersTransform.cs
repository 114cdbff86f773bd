using Yarp.ReverseProxy.Transforms;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Takes the grams from a response's trailers: what streams tells its cost only at its end.</summary>
internal sealed class CarbonTrailersTransform(ModelCarbon carbon, string? model) : ResponseTrailersTransform
{
    public override ValueTask ApplyAsync(ResponseTrailersTransformContext context)
    {
        if (context.ProxyResponse is null) return default;
        double? grams = CarbonHeaders.Grams(TakeHeader(context, CarbonHeaders.Request));
        TakeHeader(context, CarbonHeaders.PerInference);
        CarbonResponseTransform.Account(carbon, model, grams);
        return default;
    }
}
