using BenchmarkDotNet.Attributes;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Begin and complete of one request, listener off and on.</summary>
/// <remarks>A block of 1,024 requests is settled before the next begins: the close is part of this figure, not of the bar's.</remarks>
public class RequestBenchmarks : RatioBenchmarks
{
    [Params(false, true)]
    public bool Listening { get; set; }

    private protected override RatioBar Create() => new RequestBar("request", 1.5, Listening);
}
