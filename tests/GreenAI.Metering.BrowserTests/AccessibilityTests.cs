using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using GreenAI.Metering.BrowserTests.Support;
using Microsoft.Playwright;

namespace GreenAI.Metering.BrowserTests;

public sealed class AccessibilityTests(Chromium chromium)
{
    private static readonly AxeRunOptions _rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    [InlineData("phone-dark")]
    public async Task Page_InAnyLook_HasNoViolation(string name)
    {
        await using Service service = (await Service.StartAsync(Policies.Of(tightJoules: 150))).Drive();
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Of(name), new Uri(service.Address, "/greenai"));
        await visit.Page.Locator("[data-model='vision-small']").WaitForAsync();
        await visit.Page.Locator(".budget[data-verdict='Deny']").WaitForAsync();
        await OpenAllAsync(visit.Page);
        await AssertAccessibleAsync(visit.Page);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("phone-dark")]
    public async Task Page_WithNothingToShow_HasNoViolation(string name)
    {
        await using Service service = await Service.StartAsync(models: []);
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Of(name), new Uri(service.Address, "/greenai"));
        await OpenAllAsync(visit.Page);
        await AssertAccessibleAsync(visit.Page);
    }

    [Fact]
    public async Task Control_OfAButtonWithoutANameAndFaintText_IsFound()
    {
        await using Service service = await Service.StartAsync(models: []);
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Light, new Uri(service.Address, "/greenai"));
        await visit.Page.EvaluateAsync("const button = document.createElement('button'); document.querySelector('main').append(button); const faint = document.createElement('p'); faint.textContent = 'faint'; faint.style.color = '#ddd'; document.querySelector('main').append(faint);");
        AxeResult result = await visit.Page.RunAxe(_rules);
        Assert.Contains(result.Violations, violation => violation.Id == "button-name");
        Assert.Contains(result.Violations, violation => violation.Id == "color-contrast");
    }

    [Fact]
    public async Task Keyboard_ReachesEverythingWithAVisibleFocus()
    {
        await using Service service = (await Service.StartAsync(Policies.Of(tightJoules: 150))).Drive();
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Light, new Uri(service.Address, "/greenai"));
        await visit.Page.Locator("#decisions-body summary").First.WaitForAsync();
        int all = await visit.Page.EvaluateAsync<int>("[...document.querySelectorAll('a[href], button, summary')].filter(node => node.checkVisibility()).length");
        var seen = new HashSet<string>();
        for (int i = 0; i < all + 3; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            string focus = await visit.Page.EvaluateAsync<string>("""
                (() => {
                  const node = document.activeElement;
                  if (!node || node === document.body) return '';
                  const box = node.getBoundingClientRect(), style = getComputedStyle(node);
                  const visible = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.right > 0 && box.bottom > 0;
                  return `${visible ? 'visible' : 'INVISIBLE'} ${node.tagName} ${node.textContent} ${Math.round(box.left)} ${Math.round(box.top + scrollY)}`;
                })()
                """);
            if (focus.Length > 0) seen.Add(focus);
        }

        Assert.DoesNotContain(seen, focus => focus.StartsWith("INVISIBLE", StringComparison.Ordinal));
        Assert.Contains(seen, focus => focus.StartsWith("visible A Skip to the figures", StringComparison.Ordinal));
        Assert.Contains(seen, focus => focus.StartsWith("visible BUTTON Theme", StringComparison.Ordinal));
        Assert.Contains(seen, focus => focus.StartsWith("visible SUMMARY Why", StringComparison.Ordinal));
        Assert.Contains(seen, focus => focus.StartsWith("visible A Report of this service", StringComparison.Ordinal));
        Assert.True(seen.Count >= all, $"Of {all} the keyboard reached {seen.Count}:\n{string.Join('\n', seen)}");
    }

    [Fact]
    public async Task Snapshot_Arrives_LeavesFocusAndWhatIsOpenedAlone()
    {
        await using Service service = (await Service.StartAsync(Policies.Of(tightJoules: 1e6))).Drive();
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Light, new Uri(service.Address, "/greenai"));
        ILocator summary = visit.Page.Locator("#kpis-body summary").Last;
        await summary.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        string age = await visit.Page.Locator("#about").InnerTextAsync();
        for (int i = 0; i < 3; i++)
        {
            await visit.UntilAsync(async () => await visit.Page.Locator("#about").InnerTextAsync() != age);
            age = await visit.Page.Locator("#about").InnerTextAsync();
        }

        await Assertions.Expect(summary).ToBeFocusedAsync();
        Assert.True(await visit.Page.Locator("#kpis-body details").Last.EvaluateAsync<bool>("node => node.open"));
    }

    [Fact]
    public async Task ReducedMotion_IsHonoured()
    {
        await using Service service = await Service.StartAsync();
        const string Animations = "document.getAnimations().length";
        await using Visit still = await Visit.OpenAsync(chromium, Look.Light with { ReducesMotion = true }, new Uri(service.Address, "/greenai"));
        Assert.Equal(0, await still.Page.EvaluateAsync<int>(Animations));
        await using Visit moving = await Visit.OpenAsync(chromium, Look.Light, new Uri(service.Address, "/greenai"));
        Assert.Equal(1, await moving.Page.EvaluateAsync<int>(Animations));
    }

    [Fact]
    public async Task Theme_Chosen_IsKept()
    {
        await using Service service = await Service.StartAsync();
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Dark, new Uri(service.Address, "/greenai"));
        const string Background = "getComputedStyle(document.body).backgroundColor";
        string dark = await visit.Page.EvaluateAsync<string>(Background);
        await visit.Page.Locator("#theme").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#theme")).ToHaveTextAsync("Theme: light");
        string light = await visit.Page.EvaluateAsync<string>(Background);
        Assert.NotEqual(dark, light);
        await visit.Page.ReloadAsync();
        Assert.Equal(light, await visit.Page.EvaluateAsync<string>(Background));
        visit.AssertClean(service.Address);
    }

    private static Task OpenAllAsync(IPage page) => page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");

    private static async Task AssertAccessibleAsync(IPage page)
    {
        AxeResult result = await page.RunAxe(_rules);
        Assert.True(result.Passes.Length > 20, $"Only {result.Passes.Length} rules had anything to look at.");
        Assert.Empty(result.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"));
    }
}
