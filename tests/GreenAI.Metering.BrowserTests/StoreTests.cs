using GreenAI.Metering.BrowserTests.Support;

namespace GreenAI.Metering.BrowserTests;

/// <summary>What the page makes of snapshots, in the browser that runs its scripts.</summary>
public sealed class StoreTests(Chromium chromium) : IAsyncLifetime
{
    private const string Snapshots = """
        const model = (name, joules) => ({ name, joules, grams: joules / 1000, succeeded: 1, failed: 0, abandoned: 0 });
        const at = (second, models, more = 0, embodied = null) => ({
          time: new Date(1e12 + second * 1000).toISOString(), elapsedSeconds: second, devices: [{ id: 'cpu', watts: 10 }], models,
          moreModels: { count: more > 0 ? 1 : 0, joules: more, grams: more / 1000, succeeded: 0, failed: 0, abandoned: 0 },
          energy: { idle: 0, unattributed: 0, other: 0 }, carbon: { operational: second / 1000, embodied, idle: 0, unattributed: 0, other: 0 },
        });
        const { Store } = await import('./assets/store.js');
        const store = new Store();
        """;

    private Service _service = null!;
    private Visit _visit = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await Service.StartAsync();
        _visit = await Visit.OpenAsync(chromium, Look.Light, new Uri(_service.Address, "/greenai/"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_visit is not null) await _visit.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task Flows_OfModelsThatAreNotShownEach_AreNotLost()
    {
        double[] flows = await RunAsync<double[]>("""
            store.add(at(0, [model('a', 0)], 5));
            store.add(at(2, [model('a', 20), model('new', 6)], 9));
            return [store.latest.flows.get('model a'), store.latest.flows.get('more'), store.latest.gramFlows.get('more')];
            """);
        Assert.Equal(10, flows[0], 1e-9);
        Assert.Equal(5, flows[1], 1e-9);
        Assert.Equal(0.005, flows[2], 1e-9);
    }

    [Theory]
    [InlineData("null", "null", 0.001)]
    [InlineData("1", "1.004", 0.003)]
    public async Task Grams_ASecond_AreOfWhatTheTotalIsOf(string before, string after, double expected)
    {
        double grams = await RunAsync<double>($"store.add(at(0, [], 0, {before})); store.add(at(2, [], 0, {after})); return store.latest.grams;");
        Assert.Equal(expected, grams, 1e-9);
    }

    [Fact]
    public async Task Points_OfAClockSetBackAndOfAHistoryThatEndsLater_StayInOrderAndBounded()
    {
        bool[] holds = await RunAsync<bool[]>("""
            store.addHistory({ time: new Date(1e12 + 500).toISOString(), stepSeconds: 2, watts: { cpu: [1, 2, 3] } });
            store.add(at(0, []));
            const inOrder = store.points.every((point, i) => i === 0 || point.time > store.points[i - 1].time);
            for (let second = 1; second < 400; second++) store.add(at(second, []));
            for (let second = -9000; second < -8990; second++) store.add(at(second, []));
            return [inOrder, store.points.length === 10];
            """);
        Assert.Equal([true, true], holds);
    }

    [Fact]
    public async Task Span_OfAFigureThatIsNotKnownForLong_IsAMinuteAndThenFive()
    {
        double[] seconds = await RunAsync<double[]>("""
            store.addHistory({ time: new Date(1e12 - 1000).toISOString(), stepSeconds: 2, watts: { cpu: Array(100).fill(1) } });
            for (let second = 0; second < 30; second++) store.add(at(second, []));
            const young = [store.spanOf('watts'), store.spanOf('rates')];
            for (let second = 30; second < 70; second++) store.add(at(second, []));
            return [...young, store.spanOf('rates')].map(span => span / 1000);
            """);
        Assert.Equal([300, 60, 300], seconds);
    }

    [Fact]
    public async Task Curves_OfATimeInWhichNobodyLooked_AreBroken()
    {
        bool[] holds = await RunAsync<bool[]>("""
            for (const second of [0, 1, 2, 60, 61, 62]) store.add(at(second, [model('a', second)]));
            const { FlowsView } = await import('./assets/curves.js');
            const host = document.createElement('div'), buttons = document.createElement('div');
            document.body.append(host);
            new FlowsView(host, document.createElement('h2'), buttons).update(at(62, [model('a', 62)]), store);
            const path = host.querySelector('path.ink-0').getAttribute('d');
            return [path.split('M').length === 3, store.points.some(point => point.watts.size === 0), store.latest.flows.get('model a') === 1];
            """);
        Assert.Equal([true, true, true], holds);
    }

    [Fact]
    public async Task Chart_OfABudgetThatBeganThisMoment_HasPlaces()
    {
        string[] places = await RunAsync<string[]>("""
            const { BurnDown } = await import('./assets/burndown.js');
            const host = document.createElement('div');
            document.body.append(host);
            const budget = { name: 'tenants', part: 'tenant=acme', unit: 'J', limit: 10, remaining: 10, forecast: null, periodStart: null, periodEnd: null, burnDown: [{ time: new Date(1e12).toISOString(), remaining: 10 }] };
            new BurnDown(host, budget).update(budget, 1e12);
            return [host.querySelector('circle').getAttribute('cx'), host.querySelector('svg').getAttribute('aria-label')];
            """);
        Assert.True(double.IsFinite(double.Parse(places[0], System.Globalization.CultureInfo.InvariantCulture)), places[0]);
        Assert.StartsWith("Burn-down of tenants tenant=acme.", places[1], StringComparison.Ordinal);
        _visit.AssertClean(_service.Address);
    }

    private Task<T> RunAsync<T>(string script) => _visit.Page.EvaluateAsync<T>($"(async () => {{ {Snapshots} {script} }})()");
}
