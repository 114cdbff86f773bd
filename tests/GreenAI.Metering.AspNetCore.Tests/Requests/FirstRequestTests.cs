using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

public sealed class FirstRequestTests
{
    [Fact]
    public async Task Request_OfAMarkedEndpoint_IsOneInferenceOfItsModel()
    {
        await using WebRig rig = await WebRig.StartAsync(app =>
        {
            app.UseInferenceMetering();
            app.MapGet("/predict", () => "7").WithInferenceMetering("digits");
            app.MapGet("/other", () => "other");
        });
        Assert.Equal("7", await rig.Client.GetStringAsync("/predict", TestContext.Current.CancellationToken));
        Assert.Equal("other", await rig.Client.GetStringAsync("/other", TestContext.Current.CancellationToken));
        EnergyTotals totals = await rig.Meter.SettleAsync(TestContext.Current.CancellationToken);
        ModelTotals model = Assert.Single(totals.Models);
        Assert.Equal(("digits", 1L), (model.Name, model.Succeeded));
        Assert.Equal(0, totals.Unaccounted.Microjoules);
    }
}
