using GreenAI.Metering;
using GreenAI.Metering.Samples.InferenceService;

return await SampleCommands.RunAsync(args, ServeAsync);

// A service with three models. What metering takes is marked by a number.
static async Task<int> ServeAsync(ServeOptions options, CancellationToken cancellation)
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = options.HostArguments,
        ContentRootPath = AppContext.BaseDirectory,
    });
    if (options.IsDemo) builder.Logging.AddFilter(static level => level >= LogLevel.Warning);
    if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null) builder.WebHost.UseUrls(Listening.Choose(Console.Out));

    // 1. Meter, and hold the policy. The section says where the electricity comes from.
    builder.Services.AddGreenAIMetering(builder.Configuration.GetSection("GreenAI"))
        .AddModel(DigitModels.Small)
        .AddModel(DigitModels.Standard)
        .AddModel(DigitModels.Wide)
        .AddPolicyFile(Path.Combine(AppContext.BaseDirectory, "greenai-policy.json"))
        .AddAspNetCore(builder.Configuration.GetSection("GreenAI:AspNetCore"))
        .AddRequestMetrics();

    builder.Services.AddSingleton<DigitModels>().AddHostedService<ModelPreparation>();
    builder.Services.AddProblemDetails();
    builder.AddTelemetry();

    WebApplication app = builder.Build();
    app.UseExceptionHandler();
    app.UseStatusCodePages();

    // 2. Requests of the endpoints that are marked below are inferences, admitted by the policy.
    app.UseInferenceMetering();

    // Only this endpoint tells its callers what a request has cost: joules of a single request are a side channel.
    app.MapPost("/predict", DigitEndpoints.Predict).WithInferenceMetering(DigitModels.Standard).ExposeCarbon(CarbonExposure.Header | CarbonExposure.ServerTiming);
    foreach (string model in DigitModels.Names) app.MapPost($"/predict/{model}", DigitEndpoints.Predict).WithInferenceMetering(model);
    app.MapPost("/predict/stream", DigitEndpoints.Stream).WithInferenceMetering(DigitModels.Standard);
    app.MapPost("/predict/urgent", DigitEndpoints.Predict).WithInferenceMetering(DigitModels.Wide, request => request.Priority = "critical");
    app.MapPost("/compare", DigitEndpoints.Compare).WithInferenceMetering();

    // 3. The page, and what is beside it. For callers on this machine, unless the host says otherwise.
    app.MapGreenAI("/greenai");
    app.MapPrometheusScrapingEndpoint("/metrics");
    return await Serving.RunAsync(app, options, cancellation);
}
