using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.AspNetCore.Tests.Requests.Mvc;

public sealed class MvcTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Action_IsAnInferenceOfTheNearestAttribute()
    {
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.UseInferenceMetering();
                app.MapControllers();
            },
            services: (services, _) => services.AddControllers().AddApplicationPart(typeof(AnswersController).Assembly));
        Assert.Equal("controller", await rig.Client.GetStringAsync("/answers", Token));
        Assert.Equal("action", await rig.Client.GetStringAsync("/answers/special", Token));
        await rig.Client.GetAsync("/answers/broken", Token);
        EnergyTotals totals = await rig.SettledAsync(3);
        Assert.Equal(((1, 1, 0), (1, 0, 0)), (totals.Outcomes("controller"), totals.Outcomes("action")));
    }

    [Fact]
    public async Task Action_WithAnAttribute_KeepsItsModelWhereAllAreMarked()
    {
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.UseInferenceMetering();
                app.MapControllers().WithInferenceMetering("all");
                app.MapGroup("/group").WithInferenceMetering("group").MapGet("/", [InferenceMetering("handler")] () => "7");
            },
            services: (services, _) => services.AddControllers().AddApplicationPart(typeof(AnswersController).Assembly));
        Assert.Equal("action", await rig.Client.GetStringAsync("/answers/special", Token));
        await rig.Client.GetStringAsync("/group", Token);
        Assert.Equal((1, 0, 0), (await rig.SettledAsync(2)).Outcomes("handler"));
    }
}
