using BenchmarkDotNet.Attributes;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Energy between two timestamps, even samples and uneven ones.</summary>
public class RingQueryBenchmarks : RatioBenchmarks
{
    [Params(false, true)]
    public bool Pauses { get; set; }

    private protected override RatioBar Create() => new RingQueryBar("ring query", Pauses);
}
