using GreenAI.Metering.BrowserTests.Support;
using Microsoft.Playwright;

namespace GreenAI.Metering.BrowserTests;

public sealed class StreamTests(Chromium chromium)
{
    [Fact]
    public async Task Stream_Drops_IsSaidAndRecovers()
    {
        Service service = (await Service.StartAsync()).Drive();
        Uri address = service.Address;
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Light, new Uri(address, "/greenai"));
        await visit.Page.Locator("[data-model='ranker']").WaitForAsync();
        await service.DisposeAsync();
        await Assertions.Expect(visit.Page.Locator("#connection")).ToHaveTextAsync("Reconnecting");
        await Assertions.Expect(visit.Page.Locator("#stale")).ToContainTextAsync("The stream has dropped. The figures are as of ");
        await Assertions.Expect(visit.Page.Locator("#announce")).ToHaveTextAsync("The stream has dropped. Reconnecting.");
        await using Service again = (await Service.StartAsync(port: address.Port)).Drive();
        await Assertions.Expect(visit.Page.Locator("#connection")).ToHaveTextAsync("Live", new LocatorAssertionsToHaveTextOptions { Timeout = 30_000 });
        await Assertions.Expect(visit.Page.Locator("#stale")).ToBeHiddenAsync();
        await Assertions.Expect(visit.Page.Locator("#announce")).ToHaveTextAsync("The figures are live again.");
        Assert.Empty(visit.Violations);
        // That a host does not answer is said by the browser itself.
        Assert.DoesNotContain(visit.Complaints, complaint => !complaint.StartsWith("error: Failed to load resource: net::ERR_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stream_RefusedForAWhile_IsTriedAgain()
    {
        await using Service service = (await Service.StartAsync()).Drive();
        await using Visit first = await Visit.OpenAsync(chromium, Look.Light, new Uri(service.Address, "/greenai"));
        await first.Page.RouteAsync("**/live", route => route.FulfillAsync(new RouteFulfillOptions { Status = 503 }));
        await first.Page.ReloadAsync();
        await Assertions.Expect(first.Page.Locator("#stale")).ToContainTextAsync("The service does not answer.");
        await first.Page.UnrouteAllAsync();
        await Assertions.Expect(first.Page.Locator("#connection")).ToHaveTextAsync("Live", new LocatorAssertionsToHaveTextOptions { Timeout = 30_000 });
    }
    [Fact]
    public async Task Stream_OfANewerForm_AsksToLoadThePageAgainAndBreaksNothing()
    {
        await using Service service = await Service.StartAsync();
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Light, new Uri(service.Address, "/greenai"));
        // It ends after the snapshot, so that the page finds the stream dropped as well.
        await visit.Page.RouteAsync("**/live", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "text/event-stream", Body = "event: snapshot\ndata: {\"version\":2}\n\n" }));
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.Locator("#main")).ToHaveTextAsync("The service was updated. Load the page again.");
        await Assertions.Expect(visit.Page.Locator("#connection")).ToHaveTextAsync("Reconnecting");
        visit.AssertClean(service.Address);
    }
}
