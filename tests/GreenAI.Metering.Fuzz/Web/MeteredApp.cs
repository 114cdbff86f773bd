using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.Fuzz;

/// <summary>A service with endpoints of each kind, behind the rate limiter and the metering: whose costs are told, whose are not, one without budget, one of gRPC.</summary>
internal sealed class MeteredApp
{
    /// <summary>A bound of models, and of tenants, so low that the corpus alone passes it: whoever adds one more is seen at once.</summary>
    public const int MaxNames = 12;

    public const string Open = "open";
    public const string Refused = "refused";

    private const CarbonExposure All = CarbonExposure.Header | CarbonExposure.Trailer | CarbonExposure.ServerTiming | CarbonExposure.Usage;

    public MeteredApp()
    {
        BudgetPolicy policy = Policies.Of(Policies.Budget(1, new BudgetScope { Model = Refused }, Policies.Deny()));
        Rig = new WebRig(Map, Configure, policy, MaxNames);
    }

    public WebRig Rig { get; }

    /// <summary>What the handlers did, as the books must show it.</summary>
    public WebOutcomes Done { get; private set; }

    private static void Configure(IServiceCollection services, IGreenAIMeteringBuilder metering) => metering.AddRateLimiting().AddAspNetCore(static options =>
    {
        options.Requests.Tenants.Claim = "tid";
        options.Requests.Tenants.Header = "X-Tenant";
        options.Requests.Tenants.Allowed = ["acme"];
        options.Requests.Tenants.AllowAny = true;
        options.Requests.Tenants.Unknown = UnknownTenant.Refuse;
    });

    private void Map(WebApplication app)
    {
        app.UseRouting();
        app.UseRateLimiter();
        app.UseInferenceMetering();
        app.Map("/unmetered", MeteredAnswer.WriteAsync).WithDisplayName("unmetered");
        app.Map("/plain", AnswerAsync).WithInferenceMetering("plain").WithDisplayName("plain");
        app.Map("/open", AnswerAsync).WithInferenceMetering("open").ExposeCarbon(All).WithDisplayName(Open);
        app.MapGroup("").ExposeCarbon(All).Map("/quiet", AnswerAsync).WithInferenceMetering("quiet").ExposeCarbon(CarbonExposure.None).WithDisplayName("quiet");
        app.Map("/backend", AnswerAsBackendAsync).WithInferenceMetering("backend").WithDisplayName("backend");
        app.Map("/run/{**model}", RunAsync).WithInferenceMetering().WithDisplayName("run");
        app.Map("/refused", AnswerAsync).WithInferenceMetering(Refused, Dear).WithDisplayName(Refused);
        app.Map("/unlimited", AnswerAsync).WithInferenceMetering(Refused, Dear).DisableRateLimiting().WithDisplayName(Refused);
        app.UseEndpoints(static _ => { });
    }

    private static void Dear(InferenceEndpointOptions options) => options.Estimate = Energy.FromJoules(2);

    private Task AnswerAsync(HttpContext context)
    {
        Rig.Tick();
        Done = Done.Plus(context.RequestAborted.IsCancellationRequested ? InferenceOutcome.Abandoned : InferenceOutcome.Succeeded);
        return MeteredAnswer.WriteAsync(context);
    }

    // What a backend says of itself; it may say anything.
    private Task AnswerAsBackendAsync(HttpContext context)
    {
        string? status = context.Request.Headers["X-Status"] is [{ Length: > 0 } told] ? Uri.EscapeDataString(told) : null;
        context.Response.ContentType = "application/grpc";
        if (status is not null && context.Response.SupportsTrailers()) context.Response.AppendTrailer("grpc-status", status);
        else if (status is not null) context.Response.Headers["grpc-status"] = status;
        bool isAbandoned = status == "1" || context.RequestAborted.IsCancellationRequested;
        Done = Done.Plus(isAbandoned ? InferenceOutcome.Abandoned : status is null or "0" ? InferenceOutcome.Succeeded : InferenceOutcome.Failed);
        return Task.CompletedTask;
    }

    private Task RunAsync(HttpContext context)
    {
        try
        {
            using RequestInference inference = context.GetInference()!.Begin(context.GetRouteValue("model") as string ?? "");
            Rig.Tick();
            inference.Complete();
        }
        catch (ArgumentException)
        {
            // As it says of names that no model may have.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        Done = Done.Plus(InferenceOutcome.Succeeded);
        return MeteredAnswer.WriteAsync(context);
    }
}
