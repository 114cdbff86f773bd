using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.Samples.InferenceService.Tests;

public sealed class GatewayTests
{
    private const string Request = CarbonHeaders.Request;
    private const string PerInference = CarbonHeaders.PerInference;

    [Fact]
    public async Task Response_GramsInAHeader_CallerGetsTheMeanOfTheModelInstead()
    {
        Queue<string> grams = new(["0.002", "0.004", "0.0091"]);
        await using GatewayRig rig = await GatewayRig.StartAsync(context =>
        {
            context.Response.Headers[Request] = grams.Dequeue();
            return context.Response.WriteAsync("{}");
        });

        List<string> told = [];
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage response = await rig.PostAsync("/predict/digits-lr");
            Assert.False(response.Headers.Contains(Request));
            told.Add(Assert.Single(response.Headers.GetValues(PerInference)));
        }

        Assert.Equal(["0.002", "0.003", "0.00503"], told);
    }

    [Fact]
    public async Task Response_GramsInATrailer_AreTakenForTheNextMean()
    {
        await using GatewayRig rig = await GatewayRig.StartAsync(async context =>
        {
            context.Response.DeclareTrailer(Request);
            await context.Response.WriteAsync("first\n");
            await context.Response.Body.FlushAsync();
            context.Response.AppendTrailer(Request, "0.5");
            context.Response.AppendTrailer("X-Other", "kept");
        }, isHttp2: true);

        using HttpResponseMessage first = await rig.PostAsync("/predict/stream");
        using HttpResponseMessage second = await rig.PostAsync("/predict/stream");

        Assert.Equal("first\n", await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False(first.Headers.Contains(PerInference));
        Assert.False(first.TrailingHeaders.Contains(Request));
        Assert.Equal("kept", Assert.Single(first.TrailingHeaders.GetValues("X-Other")));
        Assert.Equal("0.5", Assert.Single(second.Headers.GetValues(PerInference)));
    }

    [Fact]
    public async Task Request_CopiesFromOutside_DoNotReachTheBackend()
    {
        IHeaderDictionary? seen = null;
        await using GatewayRig rig = await GatewayRig.StartAsync(context =>
        {
            seen = new HeaderDictionary(context.Request.Headers.ToDictionary());
            return context.Response.WriteAsync("{}");
        });

        using HttpResponseMessage response = await rig.PostAsync("/predict", (Request, "0.1"), (PerInference, "0.2"), ("X-Tenant", "acme"));

        Assert.NotNull(seen);
        Assert.False(seen.ContainsKey(Request));
        Assert.False(seen.ContainsKey(PerInference));
        Assert.Equal("acme", seen["X-Tenant"]);
    }

    [Theory]
    [InlineData("much")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("1e9")]
    [InlineData("0,5")]
    [InlineData(" ")]
    public async Task Response_NoPlainGrams_CountForNothingAndLeaveNoHeader(string value)
    {
        await using GatewayRig rig = await GatewayRig.StartAsync(context =>
        {
            context.Response.Headers[Request] = value;
            context.Response.Headers[PerInference] = "0.000001";
            return context.Response.WriteAsync("{}");
        });

        using HttpResponseMessage response = await rig.PostAsync("/predict/digits-mlp");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains(Request));
        Assert.False(response.Headers.Contains(PerInference));
    }

    [Fact]
    public async Task Response_RouteWithoutAModel_TellsNoMeanAndStillTakesTheHeader()
    {
        await using GatewayRig rig = await GatewayRig.StartAsync(context =>
        {
            context.Response.Headers[Request] = "0.3";
            return context.Response.WriteAsync("{}");
        });

        using HttpResponseMessage response = await rig.PostAsync("/compare");

        Assert.False(response.Headers.Contains(Request));
        Assert.False(response.Headers.Contains(PerInference));
    }

    [Theory]
    [InlineData(6.6923e-10, "0.000000000669")]
    [InlineData(0.00502999, "0.00503")]
    [InlineData(123456, "123000")]
    [InlineData(0, "0")]
    public void Text_Grams_HaveThreeDigitsAndNoExponent(double grams, string text) => Assert.Equal(text, CarbonHeaders.Text(grams));

    [Fact]
    public async Task Request_PageAndMetricsOfTheService_StayBehindTheGateway()
    {
        await using GatewayRig rig = await GatewayRig.StartAsync(context => context.Response.WriteAsync("inside"));

        foreach (string path in (string[])["/greenai", "/metrics", "/greenai/report", "/"])
        {
            using HttpResponseMessage response = await rig.Client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task Response_GramsInAHeader_StampTheSpanOfTheGateway()
    {
        TaskCompletionSource<Activity> stamped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("greenai.model"), DigitModels.Wide)) stamped.TrySetResult(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using GatewayRig rig = await GatewayRig.StartAsync(context =>
        {
            context.Response.Headers[Request] = "0.0123";
            return context.Response.WriteAsync("{}");
        });

        using HttpResponseMessage response = await rig.PostAsync("/predict/digits-wide");

        Activity span = await stamped.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(ActivityKind.Server, span.Kind);
        Assert.Equal(0.0123, span.GetTagItem("greenai.emissions_g"));
    }
}
