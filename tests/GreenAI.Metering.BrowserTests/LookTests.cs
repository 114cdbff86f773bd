using GreenAI.Metering.BrowserTests.Support;
using Microsoft.Playwright;

namespace GreenAI.Metering.BrowserTests;

public sealed class LookTests(Chromium chromium)
{
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    [InlineData("phone-dark")]
    public async Task Page_OfAnyWidth_FitsWithoutScrollingSideways(string name)
    {
        Look look = new[] { Look.Light, Look.Dark, Look.Phone, Look.PhoneDark }.Single(one => one.Name == name);
        await using Service service = (await Service.StartAsync(Policies.Of(tightJoules: 60))).Drive();
        await using Visit visit = await Visit.OpenAsync(chromium, look, new Uri(service.Address, "/greenai"));
        await visit.Page.WaitForSelectorAsync("[data-model='vision-small']");
        await visit.Page.WaitForSelectorAsync(".budget[data-verdict='Deny']");
        if (Environment.GetEnvironmentVariable("GREENAI_LOOK_SECONDS") is { } seconds) await Task.Delay(int.Parse(seconds) * 1000);
        int beyond = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.Equal(0, beyond);
        string folder = Path.Combine(AppContext.BaseDirectory, "screenshots");
        byte[] picture = await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        Assert.True(picture.Length > 30_000, $"The picture has {picture.Length} bytes.");
    }
}
