using CsCheck;

namespace GreenAI.Metering.Tests;

public class RollingSumTests
{
    private static readonly long _start = new DateTime(2026, 11, 29).Ticks;

    [Fact]
    public void Sum_AnySchedule_IsBetweenTheExactSumAndOneOfABucketMore()
    {
        Gen<(long Step, int Amount)[]> schedule = Gen.Select(Gen.Long[0, 40 * TimeSpan.TicksPerSecond], Gen.Int[0, 1000]).Array[1, 200];
        Gen.Select(schedule, Gen.Int[1, 600], Gen.Int[1, 60], Gen.Long[0, TimeSpan.TicksPerDay]).Sample(
            static (schedule, seconds, buckets, shift) =>
            {
                var sum = new RollingSum(TimeSpan.FromSeconds(seconds), buckets);
                Assert.InRange((buckets * sum.Bucket.Ticks) - sum.Length.Ticks, 0, buckets - 1);
                var all = new List<(long At, long Amount)>();
                long now = _start + shift;
                foreach ((long step, int amount) in schedule)
                {
                    now += step;
                    sum.Add(amount, now);
                    all.Add((now, amount));
                    long got = sum.Sum(now), length = sum.Length.Ticks, most = (buckets + 1) * sum.Bucket.Ticks;
                    Assert.True(got >= Exact(all, now, length), "too little");
                    Assert.True(got <= Exact(all, now, most), "too much");
                    long covered = sum.Covered(now);
                    Assert.InRange(covered, Math.Min(length, now - all[0].At), Math.Min(most, now - all[0].At));

                    // Over what it says it covers, the first instant included, it is exact.
                    Assert.Equal(Exact(all, now, covered + 1), got);
                }
            },
            iter: 500);
    }

    [Fact]
    public void Spread_AnySchedule_IsExactOverWhatItCovers()
    {
        Gen<(long Step, int Amount)[]> schedule = Gen.Select(Gen.Long[0, 90 * TimeSpan.TicksPerSecond], Gen.Int[-1000, 1_000_000]).Array[1, 100];
        Gen.Select(schedule, Gen.Int[1, 600], Gen.Int[1, 60], Gen.Long[0, TimeSpan.TicksPerDay]).Sample(
            static (schedule, seconds, buckets, shift) =>
            {
                var sum = new RollingSum(TimeSpan.FromSeconds(seconds), buckets);
                var all = new List<(long From, long To, long Amount)>();
                long now = _start + shift;
                sum.Spread(0, now);
                foreach ((long step, int amount) in schedule)
                {
                    all.Add((now, now += step, amount));
                    sum.Spread(amount, now);
                    long since = now - sum.Covered(now);
                    double exact = 0;
                    foreach ((long from, long to, long spent) in all)
                        exact += to < since ? 0 : from >= since ? spent : spent * ((to - since) / (double)(to - from));

                    // Each amount is rounded at most once at the edge.
                    Assert.Equal(exact, sum.Sum(now), 1.5);
                }
            },
            iter: 500);
    }

    [Fact]
    public void Spread_LargestNumbers_StayWithinThem()
    {
        var sum = new RollingSum(TimeSpan.FromMinutes(1));
        sum.Spread(0, _start);
        sum.Spread(long.MaxValue, _start + TimeSpan.TicksPerDay);
        Assert.Equal(long.MaxValue / (24.0 * 60), sum.Sum(_start + TimeSpan.TicksPerDay), long.MaxValue / 1440.0 / 30);
        sum.Spread(long.MaxValue, _start + TimeSpan.TicksPerDay);
        Assert.Equal(long.MaxValue, sum.Sum(_start + TimeSpan.TicksPerDay));
    }

    [Fact]
    public void Add_BeyondTheLargestNumber_StopsThereAndComesBack()
    {
        var sum = new RollingSum(TimeSpan.FromMinutes(1));
        sum.Add(long.MaxValue, _start);
        sum.Add(long.MaxValue, _start);
        sum.Add(long.MaxValue, _start + TimeSpan.TicksPerSecond);
        Assert.Equal(long.MaxValue, sum.Sum(_start + TimeSpan.TicksPerSecond));
        sum.Add(5, _start + (2 * TimeSpan.TicksPerSecond));
        Assert.Equal(5, sum.Sum(_start + (62 * TimeSpan.TicksPerSecond)));
        Assert.Equal(0, sum.Sum(_start + TimeSpan.TicksPerDay));
        sum.Add(long.MinValue, _start + TimeSpan.TicksPerDay);
        sum.Add(long.MinValue, _start + TimeSpan.TicksPerDay);
        Assert.Equal(long.MinValue, sum.Sum(_start + TimeSpan.TicksPerDay));
    }

    [Fact]
    public void Add_TimeThatGoesBack_IsTakenForTheLatest()
    {
        var sum = new RollingSum(TimeSpan.FromMinutes(1));
        sum.Add(1, _start);
        sum.Add(2, _start - TimeSpan.TicksPerDay);
        Assert.Equal(3, sum.Sum(_start));
        Assert.Equal(0, sum.Covered(_start - TimeSpan.TicksPerDay));
    }

    [Fact]
    public void UntilGone_Amount_IsWhenMoreHasLeft()
    {
        var sum = new RollingSum(TimeSpan.FromMinutes(1));
        for (int second = 0; second < 60; second++) sum.Add(10, _start + (second * TimeSpan.TicksPerSecond));
        long now = _start + (59 * TimeSpan.TicksPerSecond);
        foreach (int amount in new[] { 0, 9, 10, 300, 599 })
        {
            long wait = sum.UntilGone(amount, now);
            var later = new RollingSum(TimeSpan.FromMinutes(1));
            for (int second = 0; second < 60; second++) later.Add(10, _start + (second * TimeSpan.TicksPerSecond));
            Assert.True(600 - later.Sum(now + wait - 1) <= amount);
            Assert.True(600 - later.Sum(now + wait) > amount);
        }

        Assert.Equal(61 * TimeSpan.TicksPerSecond, sum.UntilGone(600, now));
    }

    [Fact]
    public void AddAndSum_Warm_AllocateNothing()
    {
        var sum = new RollingSum(TimeSpan.FromHours(1));
        long now = _start, total = 0;
        AllocationAssert.Zero(() =>
        {
            for (int i = 0; i < 1000; i++) sum.Add(i, now += TimeSpan.TicksPerMinute);
            total += sum.Sum(now) + sum.UntilGone(3, now);
        });
        Assert.True(total > 0);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void New_NoLengthOrNoBucket_Throws(long ticks, int buckets) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RollingSum(TimeSpan.FromTicks(ticks), buckets));

    private static long Exact(List<(long At, long Amount)> all, long now, long length) => all.Where(item => item.At > now - length).Sum(static item => item.Amount);
}
