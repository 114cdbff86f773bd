using BenchmarkDotNet.Attributes;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Begin and complete of one request, listener off and on.</summary>
public class RequestBenchmarks : RatioBenchmarks
{
    [Params(false, true)]
    public bool Listening { get; set; }

    private protected override RatioBar Create() => new RequestBar("request", 1.5, Listening);
}
