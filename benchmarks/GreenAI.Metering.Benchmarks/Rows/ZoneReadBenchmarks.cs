namespace GreenAI.Metering.Benchmarks;

/// <summary>One zone's counter file.</summary>
public class ZoneReadBenchmarks : RatioBenchmarks
{
    private protected override RatioBar Create() => new ZoneReadBar();
}
