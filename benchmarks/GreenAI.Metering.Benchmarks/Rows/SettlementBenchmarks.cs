using BenchmarkDotNet.Attributes;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Settling a block of finished requests, their begin and complete included.</summary>
public class SettlementBenchmarks : RatioBenchmarks
{
    [Params(false, true)]
    public bool Budgets { get; set; }

    private protected override RatioBar Create() => new SettlementBar("settlement", 0.8, Budgets ? Budgeted.Policy : null);
}
