using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace GreenAI.Metering.AspNetCore.Tests.Endpoints;

public sealed class AutoscalingNamesTests
{
    [Fact]
    public async Task Get_ThousandsOfUnknownNames_RegistersNone()
    {
        using var rig = new ScalingRig();
        rig.Infer("resnet50");
        for (int i = 0; i < 5000; i++) Assert.Equal(404, (await rig.GetAsync($"guess-{i}")).Status);
        Assert.Equal("resnet50", Assert.Single(rig.Meter.GetTotals().Models).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("RESNET50")]
    [InlineData("res\u0000net\r\nX-Injected: 1")]
    [InlineData("\u202Eresnet50")]
    [InlineData("../../report")]
    public async Task Get_OtherNames_AreNotFound(string name)
    {
        using var rig = new ScalingRig();
        rig.Infer("resnet50");
        (int status, string body) = await rig.GetAsync(name);
        Assert.Equal(404, status);
        Assert.DoesNotContain("Injected", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_GiantName_IsNotFoundAndNotRepeated()
    {
        using var rig = new ScalingRig();
        rig.Infer("resnet50");
        (int status, string body) = await rig.GetAsync(new string('x', 100_000));
        Assert.Equal(404, status);
        Assert.InRange(body.Length, 1, 400);
    }

    [Fact]
    public async Task Get_NameWithASlash_IsFoundEscapedAndAsItIs()
    {
        await using WebRig rig = await WebRig.StartAsync(app => app.MapGreenAI());
        rig.Meter.Begin("meta/llama 3%").Complete();
        await rig.Meter.SettleAsync(TestContext.Current.CancellationToken);
        foreach (string path in new[] { "meta%2Fllama%203%25", "meta%2fllama%203%25", "meta/llama%203%25" })
        {
            string body = await rig.Client.GetStringAsync($"/greenai/autoscaling/{path}", TestContext.Current.CancellationToken);
            Assert.Contains("\"model\": \"meta/llama 3%\"", body, StringComparison.Ordinal);
        }
    }
}
