using GreenAI.Metering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Readme.Snippets;

/// <summary>The README's snippets on ASP.NET Core, compiled and run by the tests.</summary>
internal static class WebSnippets
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        #region WebService
        builder.Services.AddGreenAIMetering(builder.Configuration.GetSection("GreenAI"))
            .AddModel("digits-mlp")
            .AddPolicyFile("greenai-policy.json")
            .AddRequestMetrics(); // joules and grams by model and route

        WebApplication app = builder.Build();
        app.UseInferenceMetering(); // after authentication, authorization and output caching
        app.MapPost("/predict", Predict).WithInferenceMetering("digits-mlp");
        app.MapGreenAI("/greenai"); // the page
        #endregion
        app.MapPost("/compare", Compare).WithInferenceMetering();
        #region WebExposure
        app.MapPost("/chat", Chat).WithInferenceMetering("llm")
            .ExposeCarbon(CarbonExposure.Header | CarbonExposure.ServerTiming);
        #endregion
        return app;
    }

    public static void Limit(WebApplicationBuilder builder)
    {
        #region WebOptions
        builder.Services.AddGreenAIMetering()
            .AddAspNetCore(options =>
            {
                options.Requests.Tenants.Claim = "tenant"; // or Header, behind a gateway that sets it
                options.Requests.Tenants.Allowed = ["acme", "globex"];
                options.Requests.WaitForDelay = TimeSpan.FromSeconds(2);
                options.Endpoints.AllowRemote = false; // the default
            })
            .AddRateLimiting(); // instead of asking in UseInferenceMetering: UseRateLimiter() asks the budgets
        #endregion
    }

    #region WebHandler
    private static IResult Predict(HttpContext context, float[][] images)
    {
        IInferenceFeature inference = context.GetInference()!;
        int[] digits = [.. images.Select(image => Run(inference.Model!, image))]; // the model that the policy names: a cheaper one when it degrades
        inference.Units = images.Length;
        return Results.Ok(digits);
    }
    #endregion

    #region WebNested
    private static IResult Compare(HttpContext context, float[] image)
    {
        IInferenceFeature inference = context.GetInference()!;
        var answers = new Dictionary<string, int>();
        foreach (string model in new[] { "digits-lr", "digits-mlp" })
        {
            using RequestInference one = inference.Begin(model); // left without Complete: abandoned
            answers[model] = Run(model, image);
            one.Complete();
        }

        return Results.Ok(answers);
    }
    #endregion

    private static IResult Chat(HttpContext context) => Results.Text(context.GetInference()!.Model);

    private static int Run(string model, float[] image) => model.Length + image.Length;
}
