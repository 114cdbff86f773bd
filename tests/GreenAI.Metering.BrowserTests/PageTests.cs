using System.Globalization;
using System.Text.RegularExpressions;
using GreenAI.Metering.BrowserTests.Support;
using Microsoft.Playwright;

namespace GreenAI.Metering.BrowserTests;

public sealed class PageTests(Chromium chromium)
{
    private const string Hostile = "<img src=x onerror=alert(1)>";

    [Fact]
    public async Task Page_UnderLoad_ShowsFiguresThatMoveAndKeepsToItself()
    {
        await using Service service = (await Service.StartAsync(Policies.Of(tightJoules: 1e6))).Drive();
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Light, new Uri(service.Address, "/greenai"));
        ILocator inferences = visit.Page.Locator("[data-model='ranker'] td[data-label='Inferences'] > span");
        await inferences.WaitForAsync();
        int first = await FigureAsync(inferences);
        await visit.UntilAsync(async () => await FigureAsync(inferences) > first + 20);
        string energy = await visit.Page.Locator(".tile .figure").Nth(2).InnerTextAsync();
        Assert.Matches("^[0-9.,]+ k?J$", energy);
        string curve = (await visit.Page.Locator("#flows-chart path.area").First.GetAttributeAsync("d"))!;
        await visit.UntilAsync(async () => await visit.Page.Locator("#flows-chart path.area").First.GetAttributeAsync("d") != curve);
        Assert.Equal("recommendations", await visit.Page.Locator("h1").InnerTextAsync());
        visit.AssertClean(service.Address);
    }

    [Fact]
    public async Task Budget_UsedUp_IsSaidInWordsAndAloud()
    {
        await using Service service = await Service.StartAsync(Policies.Of(tightJoules: 150));
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Light, new Uri(service.Address, "/greenai"));
        ILocator budget = visit.Page.Locator(".budget").Filter(new LocatorFilterOptions { HasText = Policies.Tight });
        ILocator badge = budget.Locator(".badge");
        await Assertions.Expect(badge).ToHaveTextAsync("Allow");
        service.Drive();
        await Assertions.Expect(badge).ToHaveTextAsync("Deny", new LocatorAssertionsToHaveTextOptions { Timeout = 30_000 });
        await Assertions.Expect(visit.Page.Locator("#tiles .badge")).ToHaveTextAsync("Deny");
        await Assertions.Expect(visit.Page.Locator("#announce")).ToContainTextAsync($"Budget {Policies.Tight}: Deny.");
        ILocator told = visit.Page.Locator("#decisions-body li[data-verdict='Deny']").First;
        await Assertions.Expect(told).ToContainTextAsync(Policies.Tight);
        await told.Locator("summary").ClickAsync();
        await Assertions.Expect(told.Locator(".explanation")).ToContainTextAsync("policy 2.4.0");
        ILocator denied = visit.Page.Locator("#decisions-body tr").Filter(new LocatorFilterOptions { HasText = Policies.Tight }).Locator("td[data-label='Deny'] > span").First;
        await visit.UntilAsync(async () => await FigureAsync(denied) > 0);
        visit.AssertClean(service.Address);
    }

    [Fact]
    public async Task Name_WithMarkup_IsText()
    {
        BudgetPolicy policy = new()
        {
            Version = Hostile,
            Budgets = [new BudgetDefinition { Id = "per-model", Kind = BudgetKind.Energy, LimitMicrounits = 1e9, Scope = new BudgetScope { Model = Hostile }, Window = new BudgetWindow { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Day } }],
        };
        await using Service service = (await Service.StartAsync(policy, [Hostile, "__proto__"])).Drive(models: 2);
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Light, new Uri(service.Address, "/greenai"));
        await Assertions.Expect(visit.Page.Locator("#models-body tbody th").Filter(new LocatorFilterOptions { HasText = Hostile })).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.Locator("#models-body tbody th").Filter(new LocatorFilterOptions { HasText = "__proto__" })).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.Locator("#flows-chart .legend")).ToContainTextAsync(Hostile);
        await Assertions.Expect(visit.Page.Locator("#budgets-note")).ToContainTextAsync(Hostile);
        Assert.Equal(1, await visit.Page.Locator("img").CountAsync());
        visit.AssertClean(service.Address);
    }

    [Theory]
    [InlineData("/greenai")]
    [InlineData("/greenai/")]
    public async Task Page_UnderABaseOfTheHost_FindsItsFiles(string path)
    {
        await using Service service = (await Service.StartAsync(pathBase: "/team/service")).Drive();
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Light, new Uri(service.Address, $"/team/service{path}"));
        await visit.Page.Locator("[data-model='ranker']").WaitForAsync();
        Assert.All(visit.Requests, request => Assert.StartsWith("/team/service/greenai", request.AbsolutePath, StringComparison.Ordinal));
        visit.AssertClean(service.Address);
    }

    [Fact]
    public async Task Page_WithNothingToShow_SaysWhatToDo()
    {
        await using Service service = await Service.StartAsync(models: []);
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Light, new Uri(service.Address, "/greenai"));
        await Assertions.Expect(visit.Page.Locator("#budgets-body")).ToContainTextAsync(".AddPolicyFile(\"greenai-policy.json\")");
        await Assertions.Expect(visit.Page.Locator("#models-body")).ToContainTextAsync(".WithInferenceMetering(\"model\")");
        await Assertions.Expect(visit.Page.Locator("#tiles .badge")).ToHaveTextAsync("No policy");
        visit.AssertClean(service.Address);
    }

    [Fact]
    public async Task Control_OfAComplaintAViolationAndAStrangersHost_AreNoticed()
    {
        await using Service service = await Service.StartAsync();
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Light, new Uri(service.Address, "/greenai"));
        visit.AssertClean(service.Address);
        await visit.Page.EvaluateAsync("const picture = document.createElement('img'); picture.src = 'http://elsewhere.invalid/x.png'; picture.alt = ''; document.body.append(picture); console.error('wrong');");
        await visit.UntilAsync(() => Task.FromResult(!visit.Violations.IsEmpty));
        Assert.Contains(visit.Violations, violation => violation.StartsWith("img-src", StringComparison.Ordinal));
        Assert.Contains(visit.Complaints, complaint => complaint == "error: wrong");
        await visit.Page.GotoAsync("about:blank");
        await Assert.ThrowsAnyAsync<PlaywrightException>(() => visit.Page.GotoAsync("http://elsewhere.invalid/"));
        Assert.ThrowsAny<Exception>(() => visit.AssertClean(service.Address));
        Assert.Contains(visit.Requests, request => request.Host == "elsewhere.invalid");
    }

    [Fact]
    public async Task Chart_OfThePower_ShowsTheCarbonWhenAsked()
    {
        await using Service service = (await Service.StartAsync()).Drive();
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Light, new Uri(service.Address, "/greenai"));
        ILocator legend = visit.Page.Locator("#flows-chart .legend li").Filter(new LocatorFilterOptions { HasText = "vision-small" }).Locator("b");
        await Assertions.Expect(legend).ToHaveTextAsync(new Regex(@"^[0-9.,]+\sm?W$"));
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Carbon" }).ClickAsync();
        await Assertions.Expect(legend).ToHaveTextAsync(new Regex(@"^[0-9.,]+\s[mµ]?g/h$"));
        await Assertions.Expect(visit.Page.Locator("#flows-title")).ToHaveTextAsync("Where the carbon goes");
        visit.AssertClean(service.Address);
    }

    [Fact]
    public async Task Links_OfThePage_LeadToReports()
    {
        await using Service service = await Service.StartAsync();
        await using Visit visit = await Visit.OpenAsync(chromium, Look.Light, new Uri(service.Address, "/greenai"));
        string[] links = await visit.Page.Locator("footer a").EvaluateAllAsync<string[]>("nodes => nodes.map(node => node.href)");
        Assert.Equal(3, links.Length);
        using var client = new HttpClient();
        foreach (string link in links)
        {
            using HttpResponseMessage report = await client.GetAsync(link, TestContext.Current.CancellationToken);
            Assert.True(report.IsSuccessStatusCode, $"{link} answers {report.StatusCode}.");
        }
    }

    private static async Task<int> FigureAsync(ILocator locator)
    {
        string text = await locator.InnerTextAsync();
        return int.Parse(text.Split('\n')[0].Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
