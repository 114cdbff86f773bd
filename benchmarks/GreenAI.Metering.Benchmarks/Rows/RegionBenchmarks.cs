using BenchmarkDotNet.Attributes;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Four regions of 5 ms in a row, against the same work bare.</summary>
[MemoryDiagnoser]
public class RegionBenchmarks
{
    private RegionBar _bar = null!;

    [Params(false, true)]
    public bool Windows { get; set; }

    [GlobalSetup]
    public void Setup() => _bar = new RegionBar("regions", Windows);

    [Benchmark]
    public void Region() => _bar.Ours(1);

    [Benchmark(Baseline = true)]
    public void Bare() => _bar.Floor(1);

    [GlobalCleanup]
    public void Cleanup() => _bar.Dispose();
}
