using System.Text.Json;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.AspNetCore.Tests.Endpoints;

public sealed class AutoscalingEndpointTests
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Get_OfAModelThatRan_HasTheFormThatIsPublished()
    {
        using var rig = new ScalingRig();
        rig.Board.Utilization = 0.41f;
        rig.Infer("resnet50");
        (int status, string body) = await rig.GetAsync("resnet50");
        Assert.Equal(200, status);
        using JsonDocument document = JsonDocument.Parse(body);
        JsonElement root = document.RootElement;
        Assert.Equal(["apiVersion", "model", "timestamp", "signals", "quality"], root.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("greenai/v1", "resnet50", "2026-11-10T00:00:02Z"), (root.GetProperty("apiVersion").GetString(), root.GetProperty("model").GetString(), root.GetProperty("timestamp").GetString()));
        JsonElement signals = root.GetProperty("signals");
        Assert.Equal(["hardwareUtilization", "energyPerInferenceJoules", "wattsPerQps", "carbonIntensity"], signals.EnumerateObject().Select(member => member.Name));
        Assert.Equal(0.41, signals.GetProperty("hardwareUtilization").GetDouble(), 3);
        Assert.Equal(20, signals.GetProperty("energyPerInferenceJoules").GetDouble(), 1);
        Assert.Equal(400, signals.GetProperty("carbonIntensity").GetDouble());
        JsonElement quality = root.GetProperty("quality");
        Assert.Equal(("Measured", 1d, 0d), (quality.GetProperty("tier").GetString(), quality.GetProperty("coverage").GetDouble(), quality.GetProperty("ageSeconds").GetDouble()));
    }

    [Fact]
    public async Task Get_OfAModelThatHasNotRun_LeavesOutWhatIsNotKnown()
    {
        using var rig = new ScalingRig(options: new GreenAIMeteringOptions());
        rig.Meter.Model("idle");
        rig.Board.Utilization = 0;
        rig.Run(TimeSpan.FromSeconds(2), _tick);
        JsonElement signals = await rig.SignalsAsync("idle");
        // The board says that it does nothing: that is a reading, not a gap.
        Assert.Equal(["hardwareUtilization"], signals.EnumerateObject().Select(member => member.Name));
        Assert.Equal(0, signals.GetProperty("hardwareUtilization").GetDouble());
    }

    [Fact]
    public async Task Get_OneDeviceClassDoesNotTellItsUtilization_NoneIsTold()
    {
        using var rig = new ScalingRig();
        rig.Board.Utilization = float.NaN;
        rig.Infer("resnet50");
        JsonElement signals = await rig.SignalsAsync("resnet50");
        Assert.False(signals.TryGetProperty("hardwareUtilization", out _));
        Assert.True(signals.TryGetProperty("energyPerInferenceJoules", out _));
    }

    [Fact]
    public async Task Get_ReadingsFail_IsStaleAfterTenSecondsAndRecovers()
    {
        using var rig = new ScalingRig();
        rig.Infer("resnet50");
        rig.Run(TimeSpan.FromSeconds(60), _tick);
        rig.Board.Fails = true;
        rig.Run(TimeSpan.FromSeconds(10), _tick);
        (int status, string body) = await rig.GetAsync("resnet50");
        Assert.Equal(200, status);
        Assert.Contains("\"ageSeconds\": 10", body, StringComparison.Ordinal);
        rig.Run(TimeSpan.FromSeconds(1), _tick);
        (status, body) = await rig.GetAsync("resnet50");
        Assert.Equal(503, status);
        Assert.Contains("11 s old", body, StringComparison.Ordinal);
        rig.Board.Fails = false;
        rig.Run(TimeSpan.FromSeconds(2), _tick);
        Assert.Equal(200, (await rig.GetAsync("resnet50")).Status);
    }

    [Fact]
    public async Task Get_SlowSampling_AllowsThreeIntervals()
    {
        using var rig = new ScalingRig(options: new GreenAIMeteringOptions { SamplingInterval = TimeSpan.FromSeconds(10) });
        rig.Meter.Model("resnet50");
        rig.Run(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10));
        rig.Board.Fails = true;
        rig.Run(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10));
        Assert.Equal(200, (await rig.GetAsync("resnet50")).Status);
        rig.Run(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        Assert.Equal(503, (await rig.GetAsync("resnet50")).Status);
    }

    [Fact]
    public async Task Get_CoverageLost_IsStale()
    {
        using var rig = new ScalingRig(scaling: new AutoscalingOptions { MinCoverage = 0.9 });
        rig.Infer("resnet50");
        rig.Board.Fails = true;
        rig.Run(TimeSpan.FromSeconds(5), _tick);
        (int status, string body) = await rig.GetAsync("resnet50");
        Assert.Equal(503, status);
        Assert.Contains("at least 0.9", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_MeterHasStopped_IsStale()
    {
        using var rig = new ScalingRig();
        rig.Infer("resnet50");
        rig.Meter.Dispose();
        (int status, string body) = await rig.GetAsync("resnet50");
        Assert.Equal(503, status);
        Assert.Contains("not running", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ADriverHangs_IsStaleInsteadOfHanging()
    {
        var callers = new FakeTimeProvider();
        using var rig = new ScalingRig(callers: callers);
        rig.Infer("resnet50");
        rig.Board.Free.Reset();
        Task close = Task.Run(() => rig.Meter.SettleAsync(TestContext.Current.CancellationToken).AsTask(), TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => rig.Board.IsHeld, TimeSpan.FromSeconds(10)));
        Task<(int Status, string Body)> asking = rig.GetAsync("resnet50");
        Assert.False(asking.IsCompleted);
        callers.Advance(TimeSpan.FromSeconds(2));
        (int status, string body) = await asking;
        rig.Board.Free.Set();
        await close;
        Assert.Equal(503, status);
        Assert.Contains("does not answer", body, StringComparison.Ordinal);
    }
}
