namespace GreenAI.Metering.Benchmarks;

/// <summary>The rows of the design's "Numbers to hold": one class a row, in <c>Rows/</c>, and one line here.</summary>
internal static class BarTable
{
    public static IReadOnlyList<Func<Bar>> Rows { get; } =
    [
        static () => new RequestBar("request", limit: 1.5, listening: false),
        static () => new ParallelRequestBar(),
        static () => new RequestBar("request, listener on", limit: 2.5, listening: true),
        static () => new SettlementBar("settlement", limit: 0.8, policy: null),
        static () => new SettlementBar("settlement, 2 budgets", limit: 1.6, Budgeted.Policy),
        static () => new AdmissionCheckBar(),
        static () => new AdmittedRequestBar("admission, reserved", limit: 1.2, AdmittedPart.Admission),
        static () => new AdmittedRequestBar("admission, given back", limit: 1.6, AdmittedPart.GivenBack),
        static () => new AdmittedRequestBar("admitted request, listener on", limit: 2.5, AdmittedPart.Request),
        static () => new RemoteAdmissionBar(),
        static () => new RingQueryBar("ring query", pauses: false),
        static () => new RingQueryBar("ring query, pauses", pauses: true),
        static () => new ZoneReadBar(),
        static () => new SamplerBar(),
        static () => new MemoryBar("memory, 64 models, 4 devices", limit: 4, policy: null),
        static () => new MemoryBar("memory, 100 budgets add", limit: 2, Budgeted.Hundred),
        static () => new FullTickBar(),
        static () => new LearningBar(),
        static () => new IndicatorBar("indicators, tick", limit: 50, update: true, evaluate: false),
        static () => new IndicatorBar("indicators, scrape", limit: 300, update: false, evaluate: true),
        static () => new BudgetBar(),
        static () => new RegionBar("regions of 5 ms, scopes", windows: false),
        static () => new RegionBar("regions of 5 ms, windows", windows: true),
    ];
}
