using BenchmarkDotNet.Attributes;

namespace GreenAI.Metering.Benchmarks;

/// <summary>A tick over four zones, and a tick with 10,000 scopes in flight; what happens between two ticks is included.</summary>
[MemoryDiagnoser]
public class TickBenchmarks
{
    private SamplerTick _sampler = null!;
    private FullTick _full = null!;
    private Learning _learning = null!;

    [GlobalSetup]
    public void Setup()
    {
        _sampler = new SamplerTick();
        _full = new FullTick();
        _learning = new Learning();
    }

    [Benchmark]
    public void FourZones()
    {
        _sampler.Before();
        _sampler.Tick();
    }

    [Benchmark]
    public void TenThousandScopes()
    {
        _full.Before();
        _full.Tick();
    }

    [Benchmark]
    public void LearningOf256Models()
    {
        _learning.Before();
        _learning.Row();
        _learning.Solve();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _sampler.Dispose();
        _full.Dispose();
    }
}
