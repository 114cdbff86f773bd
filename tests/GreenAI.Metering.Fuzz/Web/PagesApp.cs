using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.Fuzz;

/// <summary>A service that shows the page, the endpoints beside it and the sustainability document, and has run two models.</summary>
internal static class PagesApp
{
    public const string Page = "/greenai";
    public const string Document = "/.well-known/sustainability-data";
    public const string Model = "org/model:7b";

    /// <summary>Models and tenants that there is room for.</summary>
    public const int MaxNames = 12;

    public static WebRig Start(Action<WebApplication>? map = null)
    {
        BudgetPolicy policy = Policies.Of(Policies.Budget(1000, new BudgetScope { Tenant = BudgetScope.Each }, Policies.Deny()));
        // One viewer at a time: one that is not let go of is seen at the next.
        var rig = new WebRig(map ?? Map, static (_, metering) => metering.AddAspNetCore(static options => options.Endpoints.MaxViewers = 1), policy, MaxNames);
        foreach (string model in new[] { Model, "small" })
        {
            InferenceScope scope = rig.Meter.Begin(model);
            rig.Tick();
            scope.Complete();
        }

        rig.Tick();
        return rig;
    }

    private static void Map(WebApplication app)
    {
        app.UseRouting();
        app.MapGreenAI(Page);
        MapDocument(app);
        app.UseEndpoints(static _ => { });
    }

#pragma warning disable GAIM0001 // The document may still change; its readers are fuzzed all the same.
    private static void MapDocument(WebApplication app) => app.MapSustainabilityData(static options =>
    {
        options.Provider = "fuzz";
        options.Target = "https://example.org";
        options.MethodologyUri = new Uri("https://example.org/method");
        options.PublishMeteredFigures = true;
    });
#pragma warning restore GAIM0001
}
