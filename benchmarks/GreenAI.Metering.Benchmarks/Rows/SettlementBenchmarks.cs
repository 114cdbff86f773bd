namespace GreenAI.Metering.Benchmarks;

/// <summary>Settling a block of finished requests, their begin and complete included.</summary>
public class SettlementBenchmarks : RatioBenchmarks
{
    private protected override RatioBar Create() => new SettlementBar();
}
