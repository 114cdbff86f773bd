using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

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
        EnergyTotals totals = await rig.SettledAsync(1);
        Assert.Equal((1, 0, 0), totals.Outcomes("digits"));
        Assert.Equal(1, totals.Models.Single().WorkUnits);
    }

    [Fact]
    public async Task UseInferenceMetering_MeteringIsNotRegistered_SaysWhatToDo()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        await using WebApplication app = builder.Build();
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => app.UseInferenceMetering());
        Assert.Equal("Metering is not registered: call services.AddGreenAIMetering() before UseInferenceMetering().", refused.Message);
    }

    [Fact]
    public void WithInferenceMetering_EmptyModel_IsRefused()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Services.AddRouting();
        WebApplication app = builder.Build();
        Assert.Throws<ArgumentException>(() => app.MapGet("/", () => "").WithInferenceMetering(" "));
        Assert.Throws<ArgumentException>(() => new InferenceMeteringAttribute(""));
    }
}
