using BenchmarkDotNet.Attributes;

namespace GreenAI.Metering.Benchmarks;

/// <summary>A row of the bars as a BenchmarkDotNet class: the same operations, the floor as the baseline.</summary>
/// <remarks>Unlike the bars, a figure here contains a share of what a block needs before and after it, such as its settlement.</remarks>
[MemoryDiagnoser]
public abstract class RatioBenchmarks
{
    private const int Operations = 1024;
    private RatioBar _bar = null!;

    private protected abstract RatioBar Create();

    [GlobalSetup]
    public void Setup() => _bar = Create();

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Ours() => _bar.Cycle(Operations);

    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public void Floor() => _bar.Floor(Operations);

    [GlobalCleanup]
    public void Cleanup() => _bar.Dispose();
}
