namespace GreenAI.Metering.Benchmarks;

/// <summary>Makes meters for the rows: steady devices, no sampler thread; the row closes when it wants to.</summary>
internal static class BenchmarkMeter
{
    public static EnergyMeter Create(TimeProvider timeProvider, int devices = 1, GreenAIMeteringOptions? options = null, BudgetPolicy? policy = null, IBudgetLedger? ledger = null) => new(
        options ?? new GreenAIMeteringOptions(),
        new MeterEnvironment { TimeProvider = timeProvider, Sources = [new SteadySource(timeProvider, devices)], Policy = policy, Ledger = ledger });
}
