using CsCheck;

namespace GreenAI.Metering.Tests;

public class CarryOverTests
{
    [Theory]
    [InlineData(100, 0.2, 100, 90, 10)]
    [InlineData(100, 0.2, 100, 50, 20)]
    [InlineData(100, 0.2, 100, 100, 0)]
    [InlineData(100, 0.2, 100, 130, 0)]
    [InlineData(100, 0, 100, 0, 0)]
    [InlineData(100, 0.2, 120, 95, 20)]
    [InlineData(100, 2, 100, 0, 100)]
    [InlineData(99, 0.5, 99, 0, 49)]
    [InlineData(long.MaxValue, 1, long.MaxValue, 0, long.MaxValue)]
    [InlineData(long.MaxValue, 1, long.MaxValue, long.MinValue, long.MaxValue)]
    [InlineData(0, 1, 100, 0, 0)]
    [InlineData(100, double.NaN, 100, 0, 0)]
    public void Amount_IsTheUnspentPartUpToTheShare(long limit, double share, long previousLimit, long previousCharged, long amount) =>
        Assert.Equal(amount, CarryOver.Amount(limit, share, previousLimit, previousCharged));

    [Fact]
    public void Amount_PeriodAfterPeriod_NeverGrowsBeyondTheShare()
    {
        Gen.Select(Gen.Long[1, 1L << 50], Gen.Double[0, 1], Gen.Double[0, 1.2].Array[1, 24]).Sample(static (limit, share, spends) =>
        {
            long carried = 0;
            foreach (double spend in spends)
            {
                long before = limit + carried;
                carried = CarryOver.Amount(limit, share, before, (long)(before * spend));
                Assert.InRange(carried, 0, (long)(limit * share));
                Assert.True(carried <= before);
            }
        });
    }
}
