using System.Net;
using System.Text.Json;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.AspNetCore.Tests.Admission;

public sealed class RefusalTests
{
    // More than the budget has: refused before anything was spent.
    private static readonly Energy _tooMuch = Energy.FromJoules(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deny_Answers429WithProblemDetails_AndRunsNothing()
    {
        bool hasRun = false;
        await using WebRig rig = await StartAsync(() => hasRun = true);
        using HttpResponseMessage response = await rig.Client.GetAsync("/", Token);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        Assert.True(response.Headers.CacheControl!.NoStore);
        JsonElement problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal("urn:greenai-metering:problem:budget-refused", problem.GetProperty("type").GetString());
        Assert.Equal("The budget does not allow the request", problem.GetProperty("title").GetString());
        Assert.Equal(429, problem.GetProperty("status").GetInt32());
        Assert.Equal("joules does not allow this request at present.", problem.GetProperty("detail").GetString());
        Assert.Equal("joules", problem.GetProperty("budget").GetString());
        Assert.Equal("Deny", problem.GetProperty("verdict").GetString());
        Assert.True(problem.GetProperty("decision").GetInt64() > 0);
        Assert.Equal(rig.Meter.TryAdmit(new AdmissionRequest(rig.Meter.Model("m")) { Estimate = _tooMuch }).PolicyHash, problem.GetProperty("policyHash").GetString());
        long retryAfter = problem.GetProperty("retryAfter").GetInt64();
        Assert.Equal(retryAfter, response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.InRange(retryAfter, 1, 31 * 24 * 3600);
        Assert.False(hasRun);
        await rig.SettledAsync(0);
    }

    [Fact]
    public async Task Deny_SaysNothingOfAmounts_UnlessTheHostSaysSo()
    {
        await using WebRig silent = await StartAsync(() => { });
        string answer = await (await silent.Client.GetAsync("/", Token)).Content.ReadAsStringAsync(Token);
        string reason = silent.Meter.TryAdmit(new AdmissionRequest(silent.Meter.Model("m")) { Estimate = _tooMuch }).Reason;
        Assert.NotEmpty(reason);
        Assert.DoesNotContain(reason, answer, StringComparison.Ordinal);
        Assert.DoesNotContain(" J", answer, StringComparison.Ordinal);
        await using WebRig open = await StartAsync(() => { }, options => options.Requests.TellReasons = true);
        JsonElement problem = JsonDocument.Parse(await (await open.Client.GetAsync("/", Token)).Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal(reason, problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Deny_HostPrefers503_AndHeadHasNoBody()
    {
        await using WebRig rig = await StartAsync(() => { }, options => options.Requests.RefusalStatus = 503);
        using HttpResponseMessage response = await rig.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"), Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Deny_PriorityThatIsExempt_Runs()
    {
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.UseInferenceMetering();
                app.MapGet("/", () => "ran").WithInferenceMetering("m", options => (options.Estimate, options.Priority) = (_tooMuch, "critical"));
                app.MapGet("/other", () => "ran").WithInferenceMetering("m", options => options.EstimateOf = _ => _tooMuch);
            },
            policy: Policies.Joules(1, Policies.Deny("critical")));
        Assert.Equal("ran", await rig.Client.GetStringAsync("/", Token));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await rig.Client.GetAsync("/other", Token)).StatusCode);
    }

    [Fact]
    public async Task Degrade_HandlerIsToldTheCheaperModel_WhichIsCharged()
    {
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.UseInferenceMetering();
                app.MapGet("/", (HttpContext context) => $"{context.GetInference()!.Model} {context.GetInference()!.IsDegraded}").WithInferenceMetering("m");
            },
            policy: Policies.Joules(1, Policies.Degrade(0.01, "small")));
        await SpendAsync(rig, 0.05);
        Assert.Equal("small True", await rig.Client.GetStringAsync("/", Token));
        EnergyTotals totals = await rig.SettledAsync(2);
        Assert.Equal(((1, 0, 0), (1, 0, 0)), (totals.Outcomes("m"), totals.Outcomes("small")));
    }

    [Fact]
    public async Task Delay_Answers429WithRetryAfter_RoundedUp()
    {
        await using WebRig rig = await WebRig.StartAsync(Map, policy: Policies.Joules(1, Policies.Delay(0.01, TimeSpan.FromSeconds(1.5))));
        await SpendAsync(rig, 0.05);
        using HttpResponseMessage response = await rig.Client.GetAsync("/", Token);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        JsonElement problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal(("urn:greenai-metering:problem:budget-delay", "Delay"), (problem.GetProperty("type").GetString(), problem.GetProperty("verdict").GetString()));
        Assert.Equal(2, response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
    }

    [Fact]
    public async Task Delay_MayWait_RunsOnceThePolicyLetsIt()
    {
        await using WebRig rig = await WebRig.StartAsync(
            Map,
            services: (_, metering) => metering.AddAspNetCore(options => options.Requests.WaitForDelay = TimeSpan.FromSeconds(30)),
            policy: Policies.Joules(1, Policies.Delay(0.01, TimeSpan.FromMilliseconds(50))));
        await SpendAsync(rig, 0.05);
        Task<string> waiting = rig.Client.GetStringAsync("/", Token);
        rig.Meter.Budgets.Apply(new BudgetPolicy { Version = "2", Budgets = [Policies.Budget(1, new BudgetScope())] });
        Assert.Equal("ran", await waiting);
        await rig.SettledAsync(2);
    }

    private static void Map(WebApplication app)
    {
        app.UseInferenceMetering();
        app.MapGet("/", () => "ran").WithInferenceMetering("m");
    }

    private static Task<WebRig> StartAsync(Action handler, Action<GreenAIAspNetCoreOptions>? configure = null) => WebRig.StartAsync(
        app =>
        {
            app.UseInferenceMetering();
            app.MapMethods("/", ["GET", "HEAD"], handler).WithInferenceMetering("m", options => options.Estimate = _tooMuch);
        },
        services: (_, metering) =>
        {
            if (configure is not null) metering.AddAspNetCore(configure);
        },
        policy: Policies.Joules(1, Policies.Deny()));

    // 20 W for as long as it takes.
    private static async Task SpendAsync(WebRig rig, double joules)
    {
        InferenceScope scope = rig.Meter.Begin("m");
        SpinWait.SpinUntil(() => scope.Peek().ActiveTime.TotalSeconds * 20 > joules);
        scope.Complete();
        await rig.SettledAsync(1);
    }
}
