using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

/// <summary>Where in the pipeline the metering stands.</summary>
public sealed class PipelineOrderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metering_BeforeRouting_EndsTheStart()
    {
        // No endpoint is chosen yet: no request would be metered, and none admitted.
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => WebRig.StartAsync(app =>
        {
            app.UseInferenceMetering();
            app.UseRouting();
            app.MapGet("/", () => "7").WithInferenceMetering("m");
        }));
        Assert.Contains("UseRouting", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metering_InABranch_AndAfterRouting_Meters()
    {
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.UseWhen(context => context.Request.Path == "/when", branch => branch.UseInferenceMetering());
            app.MapWhen(context => context.Request.Path == "/map", branch =>
            {
                branch.UseRouting();
                branch.UseInferenceMetering();
                branch.UseEndpoints(endpoints => endpoints.MapGet("/map", () => "7").WithInferenceMetering("m"));
            });
            app.MapGet("/when", () => "7").WithInferenceMetering("m");
        });
        Assert.Equal("7", await rig.Client.GetStringAsync("/when", Token));
        Assert.Equal("7", await rig.Client.GetStringAsync("/map", Token));
        Assert.Equal((2, 0, 0), (await rig.SettledAsync(2)).Outcomes("m"));
    }

    [Fact]
    public async Task Metering_OfAnApplicationWithItsOwnRouting_Meters()
    {
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.UseRouting();
            app.UseInferenceMetering();
            app.UseRouting();
            app.MapGet("/", () => "7").WithInferenceMetering("m");
        });
        Assert.Equal("7", await rig.Client.GetStringAsync("/", Token));
        Assert.Equal((1, 0, 0), (await rig.SettledAsync(1)).Outcomes("m"));
    }
}
