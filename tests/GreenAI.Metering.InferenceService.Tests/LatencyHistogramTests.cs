namespace GreenAI.Metering.Samples.InferenceService.Tests;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentile_UniformDurations_IsRightToSixPercent()
    {
        LatencyHistogram histogram = new();
        for (int i = 1; i <= 10_000; i++) histogram.Add(TimeSpan.FromMicroseconds(i * 10));

        Assert.Equal(10_000, histogram.Count);
        Assert.InRange(histogram.Percentile(0.5)!.Value.TotalMilliseconds, 50, 53.2);
        Assert.InRange(histogram.Percentile(0.99)!.Value.TotalMilliseconds, 99, 100);
        Assert.Equal(TimeSpan.FromMilliseconds(100), histogram.Longest);
        Assert.Equal(TimeSpan.FromMilliseconds(100), histogram.Percentile(1));
    }

    [Fact]
    public void Percentile_OneDuration_IsThatDuration()
    {
        foreach (long microseconds in (long[])[0, 1, 15, 16, 17, 1_000_000, 30_000_000_000])
        {
            LatencyHistogram histogram = new();
            histogram.Add(TimeSpan.FromMicroseconds(microseconds));

            Assert.Equal(TimeSpan.FromMicroseconds(microseconds), histogram.Percentile(0));
            Assert.Equal(TimeSpan.FromMicroseconds(microseconds), histogram.Percentile(0.99));
        }
    }

    [Fact]
    public void Percentile_NoDurations_IsNull() => Assert.Null(new LatencyHistogram().Percentile(0.5));
}
