using System.Net;
using GreenAI.Metering.Checks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GreenAI.Metering.AotSmoke;

/// <summary>A slim service on loopback: metered, admitted, with tenants and observers from its configuration.</summary>
internal static class ChecksOfRequests
{
    public static async Task RunAsync(CheckList checks, string sysfsRoot)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection(
        [
            new("GreenAI:SysfsRoot", sysfsRoot),
            new("GreenAI:AspNetCore:Requests:RefusalStatus", "503"),
            new("GreenAI:AspNetCore:Requests:Tenants:Header", "X-Tenant"),
            new("GreenAI:AspNetCore:Requests:Tenants:Allowed:0", "acme"),
        ]);
        builder.Services.AddGreenAIMetering(builder.Configuration.GetSection("GreenAI"))
            .AddPolicy(Policy())
            .AddRequestObserver<RequestObserver>()
            .AddAspNetCore(builder.Configuration.GetSection("GreenAI:AspNetCore"));
        await using WebApplication app = builder.Build();
        app.UseInferenceMetering();
        app.MapGet("/predict", Predict).WithInferenceMetering("slim");
        app.MapGet("/dear", Predict).WithInferenceMetering("slim", options => options.Estimate = Energy.FromJoules(10));
        app.MapGreenAI("/greenai");
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Add("X-Tenant", "acme");
        checks.Equal("slim acme", await client.GetStringAsync("/predict"), "requests: the handler has its feature");
        using HttpResponseMessage refused = await client.GetAsync("/dear");
        checks.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode, "requests: a budget refuses");
        checks.Contains("\"budget\":\"slim-month\"", await refused.Content.ReadAsStringAsync(), "requests: the problem details name the budget");
        RequestObserver observer = app.Services.GetServices<IRequestObserver>().OfType<RequestObserver>().Single();
        await app.StopAsync();
        checks.Equal("slim /predict acme", string.Join(';', observer.Told), "requests: the observer was told the final bill with its route");
    }

    private static Task Predict(HttpContext context)
    {
        IInferenceFeature feature = context.GetInference()!;
        return context.Response.WriteAsync($"{feature.Model} {feature.Tenant}");
    }

    private static BudgetPolicy Policy() => new()
    {
        Version = "1",
        Budgets =
        [
            new BudgetDefinition
            {
                Id = "slim-month",
                Kind = BudgetKind.Energy,
                LimitMicrounits = 1e6,
                Window = new BudgetWindow { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Month },
                Ladder = [new LadderStep { At = 1, Action = new BudgetAction { Verdict = Verdict.Deny } }],
            },
        ],
    };
}
