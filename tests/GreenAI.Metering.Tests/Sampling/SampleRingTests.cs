namespace GreenAI.Metering.Tests;

public sealed class SampleRingTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(600, 1024)]
    public void Capacity_IsRoundedUpToAPowerOfTwo(int asked, int capacity) => Assert.Equal(capacity, new SampleRing(asked).Capacity);

    [Fact]
    public void Empty_TellsNothing()
    {
        var ring = new SampleRing(4);
        Assert.False(ring.TryGetLatest(out _));
        Assert.Equal(0, ring.CopyLatest(new PowerSample[4]));
        Assert.False(ring.TryGetEnergy(0, 1, out RingEnergy energy));
        Assert.Equal(RingMiss.Empty, energy.Miss);
    }

    [Fact]
    public void Append_NoEnergyOrNotAfterTheNewestOrFalling_IsRefused()
    {
        var ring = new SampleRing(4);
        Assert.False(ring.Append(PowerSample.Failed(5, SampleFault.InputOutput)));
        Assert.False(ring.Append(PowerSample.FromPower(5, 100)));
        Assert.True(ring.Append(PowerSample.FromCounter(10, 100)));
        Assert.False(ring.Append(PowerSample.FromCounter(10, 200)));
        Assert.False(ring.Append(PowerSample.FromCounter(9, 200)));
        Assert.False(ring.Append(PowerSample.FromCounter(11, 99)));
        Assert.True(ring.Append(PowerSample.FromCounter(11, 100)));
        Assert.Equal(2, ring.Count);
    }

    [Fact]
    public void TryGetLatest_IsTheNewest()
    {
        SampleRing ring = Filled(capacity: 4, count: 11);
        Assert.True(ring.TryGetLatest(out PowerSample sample));
        Assert.Equal(100, sample.Timestamp);
    }

    [Fact]
    public void CopyTo_FromAnOverwrittenNumber_StartsAtTheOldestAndContinues()
    {
        SampleRing ring = Filled(capacity: 8, count: 20);
        var two = new PowerSample[5];
        Assert.Equal(5, ring.CopyTo(3, two, out long first));
        Assert.Equal(12, first);
        Assert.Equal([120, 130, 140, 150, 160], two.Select(sample => sample.Timestamp));
        Assert.Equal(3, ring.CopyTo(first + 5, two, out first));
        Assert.Equal(17, first);
        Assert.Equal([170, 180, 190], two.Take(3).Select(sample => sample.Timestamp));
        Assert.Equal(0, ring.CopyTo(20, two, out _));
        Assert.Equal(0, ring.CopyTo(long.MaxValue, two, out _));
    }

    [Fact]
    public void CopyLatest_MoreRoomThanSamples_CopiesAll()
    {
        var samples = new PowerSample[9];
        Assert.Equal(3, Filled(capacity: 8, count: 3).CopyLatest(samples));
        Assert.Equal(8, Filled(capacity: 8, count: 30).CopyLatest(samples));
        Assert.Equal(220, samples[0].Timestamp);
    }

    [Theory]
    [InlineData(119, 130, RingMiss.BeforeOldest)]
    [InlineData(120, 191, RingMiss.AfterNewest)]
    [InlineData(140, 130, RingMiss.Reversed)]
    [InlineData(120, 190, RingMiss.None)]
    internal void TryGetEnergy_OutsideTheSpan_SaysWhy(long from, long to, object miss)
    {
        Assert.Equal((RingMiss)miss == RingMiss.None, Filled(capacity: 8, count: 20).TryGetEnergy(from, to, out RingEnergy energy));
        Assert.Equal((RingMiss)miss, energy.Miss);
    }

    [Fact]
    public void TryGetEnergy_InsideAnInterval_IsItsPart()
    {
        var ring = new SampleRing(4);
        ring.Append(PowerSample.FromCounter(1000, 0));
        ring.Append(PowerSample.FromCounter(2000, 100));
        Assert.True(ring.TryGetEnergy(1250, 1500, out RingEnergy energy));
        Assert.Equal((25, 250, 1.0), (energy.Microjoules, energy.Ticks, energy.Coverage));
    }

    [Fact]
    public void TryGetEnergy_OneSample_IsAWindowOfNoLength()
    {
        var ring = new SampleRing(4);
        ring.Append(PowerSample.FromCounter(1000, 7));
        Assert.True(ring.TryGetEnergy(1000, 1000, out RingEnergy energy));
        Assert.Equal((0, 1.0), (energy.Microjoules, energy.Coverage));
    }

    [Fact]
    public void TryGetEnergy_AcrossAHole_LowersTheCoverage()
    {
        var ring = new SampleRing(8);
        ring.Append(PowerSample.FromCounter(0, 0));
        ring.Append(PowerSample.FromCounter(100, 10));
        ring.Append(PowerSample.FromCounter(200, 10) with { Flags = SampleFlags.Energy | SampleFlags.Hole });
        ring.Append(PowerSample.FromCounter(300, 20));
        Assert.True(ring.TryGetEnergy(50, 250, out RingEnergy energy));
        Assert.Equal((10, 0.5), (energy.Microjoules, energy.Coverage));
        Assert.True(ring.TryGetEnergy(120, 180, out energy));
        Assert.Equal((0, 0.0), (energy.Microjoules, energy.Coverage));
    }

    [Fact]
    public void C19_TenWindowsWithProcessingBetween_SumToLastMinusFirst()
    {
        // 100 W sampled every 100 ms; windows of 1 s, 50 ms of processing, all adjacent: nothing falls between them.
        var ring = new SampleRing(256);
        for (long i = 0; i <= 120; i++) ring.Append(PowerSample.FromCounter(i * 100 * Counters.Millisecond, i * 10_000_000));
        long sum = 0;
        for (long window = 0; window < 10; window++)
        {
            Assert.True(ring.TryGetEnergy(At(window), At(window) + 1000 * Counters.Millisecond, out RingEnergy measured));
            Assert.True(ring.TryGetEnergy(At(window) + 1000 * Counters.Millisecond, At(window + 1), out RingEnergy between));
            sum += measured.Microjoules + between.Microjoules;
        }

        Assert.True(ring.TryGetEnergy(At(0), At(10), out RingEnergy whole));
        Assert.Equal(whole.Microjoules, sum);
        Assert.Equal(1_050_000_000, sum);

        static long At(long window) => (33 + window * 1050) * Counters.Millisecond;
    }

    [Fact]
    public void Everything_AllocatesNothing()
    {
        SampleRing ring = Filled(capacity: 64, count: 100);
        var samples = new PowerSample[16];
        AllocationAssert.Zero(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                ring.TryGetLatest(out PowerSample latest);
                ring.Append(PowerSample.FromCounter(latest.Timestamp + 10, latest.Microjoules + 7));
                ring.CopyLatest(samples);
                ring.TryGetEnergy(latest.Timestamp - 333, latest.Timestamp - 5, out _);
            }
        });
    }

    private static SampleRing Filled(int capacity, int count)
    {
        var ring = new SampleRing(capacity);
        for (long i = 0; i < count; i++) ring.Append(PowerSample.FromCounter(i * 10, i * i));
        return ring;
    }
}
