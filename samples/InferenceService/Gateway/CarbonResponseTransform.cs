using System.Diagnostics;
using Yarp.ReverseProxy.Transforms;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Takes the grams from a response's header and tells the model's mean.</summary>
internal sealed class CarbonResponseTransform(ModelCarbon carbon, string? model) : ResponseTransform
{
    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is null) return default;
        double? grams = CarbonHeaders.Grams(TakeHeader(context, CarbonHeaders.Request));
        TakeHeader(context, CarbonHeaders.PerInference);

        // How long things took inside is not for outside either.
        TakeHeader(context, CarbonHeaders.ServerTiming);
        Account(carbon, model, grams);
        if (model is not null && carbon.PerInference(model) is { } mean)
            SetHeader(context, CarbonHeaders.PerInference, CarbonHeaders.Text(mean));
        return default;
    }

    /// <summary>Books what a backend told, and stamps the gateway's span of the request with it.</summary>
    public static void Account(ModelCarbon carbon, string? model, double? grams)
    {
        Activity? span = Activity.Current;
        if (model is not null) span?.SetTag("greenai.model", model);
        if (grams is not { } told) return;
        span?.SetTag("greenai.emissions_g", told);
        if (model is not null) carbon.Add(model, told);
    }
}
