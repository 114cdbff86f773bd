using GreenAI.Metering.BrowserTests.Support;

namespace GreenAI.Metering.BrowserTests;

/// <summary>What the page is shown of, looked at without a browser.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task Service_UnderLoad_LosesNoMicrojoule()
    {
        await using Service service = (await Service.StartAsync()).Drive();
        EnergyTotals totals;
        do totals = await service.Meter.SettleAsync(TestContext.Current.CancellationToken);
        while (totals.Models.Any(model => model.Succeeded < 10));
        Assert.Equal(0, totals.Unaccounted.Microjoules);
        Assert.True(totals.Settled > Energy.Zero);
    }
}
