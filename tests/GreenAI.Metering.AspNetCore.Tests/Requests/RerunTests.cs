using System.Net;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

/// <summary>Requests that a middleware runs a second time.</summary>
public sealed class RerunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ErrorPage_OfAMarkedEndpoint_IsNoSecondInference_AndKeepsTheFeature()
    {
        bool hasFeature = false;
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.UseExceptionHandler("/error");
            app.UseRouting();
            app.UseInferenceMetering();
            app.MapGet("/", string () => throw new InvalidDataException("on purpose")).WithInferenceMetering("m");
            app.MapGet("/error", (HttpContext context) =>
            {
                hasFeature = context.GetInference() is { Model: "m" };
                return "sorry";
            }).WithInferenceMetering("other");
        });
        using HttpResponseMessage response = await rig.Client.GetAsync("/", Token);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("sorry", await response.Content.ReadAsStringAsync(Token));
        EnergyTotals totals = await rig.SettledAsync(1);
        Assert.Equal((0, 1, 0), totals.Outcomes("m"));
        Assert.True(hasFeature);
    }

    [Fact]
    public async Task StatusPage_AndMeteringTwice_IsOneInference()
    {
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.UseStatusCodePagesWithReExecute("/status");
            app.UseRouting();
            app.UseInferenceMetering();
            app.UseInferenceMetering();
            app.MapGet("/", () => Results.NotFound()).WithInferenceMetering("m");
            app.MapGet("/status", () => "not found").WithInferenceMetering("other");
        });
        using HttpResponseMessage response = await rig.Client.GetAsync("/", Token);
        Assert.Equal("not found", await response.Content.ReadAsStringAsync(Token));
        Assert.Equal((1, 0, 0), (await rig.SettledAsync(1)).Outcomes("m"));
    }

    [Theory]
    [InlineData("/throws")]
    [InlineData("/throws-late")]
    [InlineData("/says-failed")]
    public async Task Attempt_ThatSucceedsAfterOneThatFailed_IsWhatCounts(string path)
    {
        int attempts = 0;
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                try
                {
                    await next();
                    if (attempts == 1) await next();
                }
                catch (InvalidDataException)
                {
                    await next();
                }
            });
            app.UseRouting();
            app.UseInferenceMetering();
            app.UseInferenceMetering();
            app.MapGet("/throws", string () => attempts++ == 0 ? throw new InvalidDataException("on purpose") : "7").WithInferenceMetering("m");
            app.MapGet("/throws-late", async () =>
            {
                await Task.Yield();
                return attempts++ == 0 ? throw new InvalidDataException("on purpose") : "7";
            }).WithInferenceMetering("m");
            app.MapGet("/says-failed", (HttpContext context) =>
            {
                if (attempts++ > 0) return Task.CompletedTask;
                context.GetInference()!.Outcome = InferenceOutcome.Failed;
                context.GetInference()!.Units = 5;
                return Task.CompletedTask;
            }).WithInferenceMetering("m");
        });
        using HttpResponseMessage response = await rig.Client.GetAsync(path, Token);
        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, attempts));
        EnergyTotals totals = await rig.SettledAsync(1);
        Assert.Equal(((1, 0, 0), 1), (totals.Outcomes("m"), totals.Models.Single().WorkUnits));
    }

    [Fact]
    public async Task Attempt_ThatFailsAfterOneThatSucceeded_IsWhatCounts()
    {
        bool isSecond = false;
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                await next();
                isSecond = true;
                await next();
            });
            app.UseRouting();
            app.UseInferenceMetering();
            app.MapGet("/", context => isSecond ? throw new InvalidDataException("on purpose") : Task.CompletedTask).WithInferenceMetering("m");
        });
        using HttpResponseMessage response = await rig.Client.GetAsync("/", Token);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal((0, 1, 0), (await rig.SettledAsync(1)).Outcomes("m"));
    }

    [Fact]
    public async Task Attempt_ThatLeavesAnInferenceOpen_DoesNotTakeTheNextOnesEnergy()
    {
        bool isSecond = false;
        InferenceScope left = default;
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                try
                {
                    await next();
                }
                catch (InvalidDataException)
                {
                    isSecond = true;
                    await next();
                }
            });
            app.UseRouting();
            app.UseInferenceMetering();
            app.MapGet("/", (HttpContext context) =>
            {
                IInferenceFeature feature = context.GetInference()!;
                if (!isSecond)
                {
                    left = feature.Begin("left").Scope;
                    throw new InvalidDataException("on purpose");
                }

                // It computes, so that it can be suspended; what has ended tells nothing.
                bool computes = feature.Scope.TrySuspend();
                feature.Scope.Resume();
                return $"{left.Peek().Stage} {computes}";
            }).WithInferenceMetering("m");
        });
        Assert.Equal("None True", await rig.Client.GetStringAsync("/", Token));
        EnergyTotals totals = await rig.SettledAsync(2);
        Assert.Equal(((1, 0, 0), (0, 0, 1)), (totals.Outcomes("m"), totals.Outcomes("left")));
    }
}
