using GreenAI.Metering.BrowserTests.Support;
using Microsoft.Playwright;

namespace GreenAI.Metering.BrowserTests;

public sealed class LookTests(Chromium chromium)
{
    // The figures of tables that stand on more lines than one.
    private const string Broken = """
        [...document.querySelectorAll('td:not(.text) > span')].map(cell => cell.firstChild).filter(text => text?.nodeType === Node.TEXT_NODE && text.data !== '' && text.parentElement.checkVisibility()).filter(text => {
          const range = document.createRange();
          range.selectNodeContents(text);
          return range.getClientRects().length > 1;
        }).map(text => text.data)
        """;

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    [InlineData("phone-dark")]
    public async Task Page_OfAnyWidth_FitsWithoutScrollingSideways(string name)
    {
        await using Service service = (await Service.StartAsync(Policies.Of(tightJoules: 150))).Drive();
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Of(name), new Uri(service.Address, "/greenai"));
        await visit.Page.WaitForSelectorAsync("[data-model='vision-small']");
        await visit.Page.WaitForSelectorAsync(".budget[data-verdict='Deny']");
        int beyond = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.Equal(0, beyond);
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Broken));
        string folder = Path.Combine(AppContext.BaseDirectory, "screenshots");
        byte[] picture = await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        Assert.True(picture.Length > 30_000, $"The picture has {picture.Length} bytes.");
    }
}
