using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace GreenAI.Metering.BrowserTests.Support;

/// <summary>The page in a browser, with everything noted that a page should not do.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private Visit(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, and exceptions.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Violations of the content security policy.</summary>
    public ConcurrentQueue<string> Violations { get; } = [];

    /// <summary>The addresses that the browser asked for.</summary>
    public ConcurrentQueue<Uri> Requests { get; } = [];

    /// <summary>Opens an address and waits for the first figures.</summary>
    public static async Task<Visit> OpenAsync(Chromium chromium, Look look, Uri address)
    {
        IBrowserContext context = await chromium.NewContextAsync(look);
        IPage page = await context.NewPageAsync();
        var visit = new Visit(context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") visit.Complaints.Enqueue($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => visit.Complaints.Enqueue($"exception: {error}");
        page.Request += (_, request) => visit.Requests.Enqueue(new Uri(request.Url));
        await page.ExposeFunctionAsync("reportViolation", (string what) => visit.Violations.Enqueue(what));
        await page.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', e => window.reportViolation(`${e.violatedDirective} ${e.blockedURI}`));");
        await page.GotoAsync(address.ToString());
        await page.WaitForSelectorAsync("body[data-stream='live']");
        return visit;
    }

    /// <summary>Asserts that the page did nothing it should not.</summary>
    public void AssertClean(Uri service)
    {
        Assert.Empty(Complaints);
        Assert.Empty(Violations);
        Assert.All(Requests, request => Assert.Equal((service.Host, service.Port), (request.Host, request.Port)));
    }

    /// <summary>Waits until something holds, looking again with each snapshot; 30 s at the most.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var longest = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await holds())
        {
            if (longest.IsCancellationRequested) Assert.Fail("It does not come to hold within 30 s.");
            await Page.WaitForTimeoutAsync(250);
        }
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
