using System.Net;
using System.Text.Json;
using System.Threading.RateLimiting;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.AspNetCore.Tests.Limiting;

public sealed class RateLimitingTests
{
    [Fact]
    public async Task Request_WithinTheBudget_IsAskedAboutOnce()
    {
        await using WebRig rig = await StartAsync(Policies.Joules(1e9, Policies.Deny()));
        for (int i = 0; i < 5; i++) Assert.Equal("m", await rig.Client.GetStringAsync("/predict", TestContext.Current.CancellationToken));
        await rig.Meter.SettleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(5, Assert.Single(rig.Meter.Budgets.Decisions()).Count);
    }

    [Fact]
    public async Task Request_Admitted_RunsOnWhatTheLimiterReserved()
    {
        bool reserved = false;
        await using WebRig rig = await StartAsync(Policies.Joules(1e9, Policies.Deny()), context => reserved = context.Features.Get<IInferenceFeature>()!.Admission.HoldsReservation);
        await rig.Client.GetStringAsync("/predict", TestContext.Current.CancellationToken);
        Assert.True(reserved);
    }

    [Fact]
    public async Task Request_Refused_HasProblemDetailsAndRetryAfterAndIsAskedAboutOnce()
    {
        await using WebRig rig = await StartAsync(Policies.Joules(0.5, Policies.Deny()));
        using HttpResponseMessage response = await rig.Client.GetAsync("/predict", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(response.Headers.RetryAfter);
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("joules", problem.RootElement.GetProperty("budget").GetString());
        Assert.Equal(("joules", Verdict.Deny, 1L), Assert.Single(rig.Meter.Budgets.Decisions().Select(row => (row.Budget, row.Verdict, row.Count))));
    }

    [Fact]
    public async Task Request_OfAnEndpointThatIsNotMetered_Passes()
    {
        await using WebRig rig = await StartAsync(Policies.Joules(0.5, Policies.Deny()));
        Assert.Equal("other", await rig.Client.GetStringAsync("/other", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Request_RefusedByTheHostsOwnLimiter_ReservesNothingAndGoesToItsOnRejected()
    {
        await using WebRig rig = await StartAsync(Policies.Joules(1e9, Policies.Deny()), configure: options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, int>(_ => RateLimitPartition.GetConcurrencyLimiter(0, _ => new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = 0 }));
            options.OnRejected = (context, token) =>
            {
                context.HttpContext.Response.StatusCode = StatusCodes.Status418ImATeapot;
                return ValueTask.CompletedTask;
            };
        });
        PartitionedRateLimiter<HttpContext> limiter = rig.App.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<RateLimiterOptions>>().Value.GlobalLimiter!;
        using RateLimitLease held = limiter.AttemptAcquire(new DefaultHttpContext());
        using HttpResponseMessage response = await rig.Client.GetAsync("/predict", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode)418, response.StatusCode);
        Assert.Empty(rig.Meter.Budgets.Decisions());
    }

    [Fact]
    public async Task Request_DegradedByTheBudget_RunsTheCheaperModel()
    {
        await using WebRig rig = await StartAsync(Policies.Joules(1e6, Policies.Degrade(1e-9, "small")));
        Assert.Equal("m", await rig.Client.GetStringAsync("/predict", TestContext.Current.CancellationToken));
        // What the first one spent is in the budget with the close that makes its bill final.
        await rig.Meter.SettleAsync(TestContext.Current.CancellationToken);
        await rig.Meter.SettleAsync(TestContext.Current.CancellationToken);
        Assert.Equal("small", await rig.Client.GetStringAsync("/predict", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Request_MeteredBeforeTheLimiter_IsNotAskedAboutAgain()
    {
        // Room for one reservation, not for two.
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.UseRouting();
                app.UseInferenceMetering();
                app.UseRateLimiter();
                app.MapGet("/predict", () => "7").WithInferenceMetering("m", options => options.Estimate = Energy.FromJoules(1));
            },
            (_, metering) => metering.AddRateLimiting(),
            Policies.Joules(1.5, Policies.Deny()));
        Assert.Equal("7", await rig.Client.GetStringAsync("/predict", TestContext.Current.CancellationToken));
        await rig.Meter.SettleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, Assert.Single(rig.Meter.Budgets.Decisions()).Count);
    }

    private static Task<WebRig> StartAsync(BudgetPolicy policy, Action<HttpContext>? handler = null, Action<RateLimiterOptions>? configure = null) => WebRig.StartAsync(
        app =>
        {
            app.UseRouting();
            app.UseRateLimiter();
            app.UseInferenceMetering();
            app.MapGet("/predict", (HttpContext context) =>
            {
                handler?.Invoke(context);
                return context.Features.Get<IInferenceFeature>()!.Model;
            }).WithInferenceMetering("m", options => options.Estimate = Energy.FromJoules(1));
            app.MapGet("/other", () => "other");
        },
        (services, metering) =>
        {
            if (configure is not null) services.AddRateLimiter(configure);
            metering.AddRateLimiting();
        },
        policy);
}
