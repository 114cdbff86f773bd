using static GreenAI.Metering.CounterStepKind;

namespace GreenAI.Metering.Tests;

public sealed class CounterHygieneTests
{
    private const ulong Second = Counters.Frequency;

    [Theory]
    [InlineData(Counters.ServerRange, 261_993_328_850, 50_000_000, Wrapped, 200_000_000)]
    [InlineData(Counters.ZenRange, Counters.ZenRange, 0, Wrapped, 0)]
    [InlineData(Counters.ServerRange, 42, 42, Equal, 0)]
    [InlineData(Counters.ServerRange, 5_000_000_000, 4_000_000_000, Reset, 0)]
    [InlineData(Counters.ServerRange, 0, 2_004_000_000, Counted, 2_004_000_000)]
    [InlineData(Counters.ServerRange, 0, 2_004_000_001, Implausible, 0)]
    [InlineData(Counters.ServerRange, Counters.ServerRange - 2_000_000_000, 4_000_000, Wrapped, 2_004_000_000)]
    [InlineData(Counters.ServerRange, Counters.ServerRange - 2_000_000_000, 4_000_001, Reset, 0)]
    [InlineData(2_004_000_000, 10, 20, Ambiguous, 10)]
    [InlineData(2_004_000_001, 10, 20, Counted, 10)]
    [InlineData(0, long.MaxValue, 0, Reset, 0)]
    [InlineData(0, 0, long.MaxValue, Implausible, 0)]
    internal void Difference_OneSecondAt2000Watts_IsExact(
        long range, long previous, long current, object kind, long microjoules)
    {
        var bound = new PlausiblePower(Counters.Device(range), Counters.Frequency);
        Assert.Equal(((CounterStepKind)kind, microjoules), CounterHygiene.Difference(previous, current, range, Second, in bound));
    }

    [Fact]
    public void Advance_BurstOfTwoUpdatesOverAShortInterval_IsCounted()
    {
        // A counter refreshed each millisecond shows 2 ms of 300 W over an interval of 10 µs: 60,000 W by plain division.
        CounterTracker zone = Counters.Tracker(Counters.ServerRange, maxWatts: 300);
        zone.Advance(PowerSample.FromCounter(0, 1_000_000));
        zone.Advance(PowerSample.FromCounter(10_000, 1_600_000)).Is(Counted, 600_000, closes: true, covered: true);
    }

    [Fact]
    public void Advance_ReadingAboveTheRange_IsAFailedOne()
    {
        CounterTracker zone = Counters.Tracker(Counters.ZenRange);
        zone.Count(0, 10);
        zone.Count(1000, Counters.ZenRange + 1).Is(Failed, 0, closes: false, covered: false);
        zone.Count(2000, 30).Is(Bridged, 20, closes: true, covered: true);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Advance_NegativeReading_IsAFailedOne(long value)
    {
        CounterTracker zone = Counters.Tracker(range: 0);
        zone.Count(0, 10);
        zone.Count(1000, value).Is(Failed, 0, closes: false, covered: false);
    }

    [Fact]
    public void Advance_FailuresBeforeTheFirstGoodReading_LeaveABaseline()
    {
        CounterTracker zone = Counters.Tracker(Counters.ServerRange);
        zone.Fail(0);
        zone.Count(1000, 77_000_000).Is(Baseline, 0, closes: false, covered: false);
        zone.Count(2000, 78_000_000).Is(Counted, 1_000_000, closes: true, covered: true);
    }

    [Fact]
    public void Advance_WrapBehindAFailure_IsBridged()
    {
        CounterTracker zone = Counters.Tracker(Counters.ServerRange);
        zone.Count(0, Counters.ServerRange - 5);
        zone.Fail(1000, SampleFault.Gone);
        zone.Count(2000, 7).Is(Bridged, 12, closes: true, covered: true);
    }

    [Fact]
    public void Advance_ResetBehindAFailure_StaysAHole()
    {
        CounterTracker zone = Counters.Tracker(Counters.ServerRange);
        zone.Count(0, 9_000_000_000);
        zone.Fail(1000, SampleFault.Gone);
        CounterStep step = zone.Count(2000, 7);
        step.Is(Reset, 0, closes: true, covered: false);
        Assert.Equal(SampleFlags.Energy | SampleFlags.Hole, step.Flags);
    }

    [Fact]
    public void Advance_HoldEqual_KeepsTheIntervalOpenUntilTheCounterMoves()
    {
        CounterTracker board = Counters.Tracker(range: 0);
        board.Count(0, 1_000_000);
        board.Advance(PowerSample.FromCounter(25 * Counters.Millisecond, 1_000_000), holdEqual: true)
            .Is(Equal, 0, closes: false, covered: false);
        CounterStep step = board.Advance(PowerSample.FromCounter(100 * Counters.Millisecond, 21_000_000), holdEqual: true);
        step.Is(Counted, 20_000_000, closes: true, covered: true);
        Assert.Equal(0, step.PreviousTimestamp);
    }

    [Fact]
    public void Advance_SumBeyond63Bits_IsRefusedAndTheTotalStays()
    {
        CounterTracker zone = Counters.Tracker(range: 0, maxWatts: 1e300);
        zone.Count(0, 0);
        zone.Count(10_000, long.MaxValue).Is(Counted, long.MaxValue, closes: true, covered: true);
        zone.Count(20_000, 0).Is(Reset, 0, closes: true, covered: false);
        zone.Count(30_000, 1).Is(Implausible, 0, closes: true, covered: false);
        Assert.Equal(long.MaxValue, zone.TotalMicrojoules);
    }

    [Fact]
    public void Resolve_CounterReading_HoldsTheTotalAndMeanPower()
    {
        CounterTracker zone = Counters.Tracker(Counters.ServerRange);
        zone.Count(0, 5_000_000);
        PowerSample reading = PowerSample.FromCounter(500 * Counters.Millisecond, 30_000_000) with { Utilization = 0.5f };
        PowerSample sample = zone.Resolve(in reading, zone.Advance(in reading));
        Assert.Equal((25_000_000, 50_000), (sample.Microjoules, sample.Milliwatts));
        Assert.Equal(SampleFlags.Energy | SampleFlags.Power, sample.Flags);
        Assert.Equal(0.5f, sample.Utilization);
    }

    [Fact]
    public void Resolve_Hole_HasNoPower()
    {
        CounterTracker zone = Counters.Tracker(range: 0);
        zone.Count(0, 5_000_000);
        PowerSample reading = PowerSample.FromCounter(1000 * Counters.Millisecond, 1);
        Assert.Equal(SampleFlags.Energy | SampleFlags.Hole, zone.Resolve(in reading, zone.Advance(in reading)).Flags);
    }

    [Fact]
    public void Advance_AnyReading_AllocatesNothing()
    {
        CounterTracker zone = Counters.Tracker(Counters.ServerRange);
        CounterTracker board = Counters.PowerTracker();
        long now = 0;
        AllocationAssert.Zero(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                now += 100;
                PowerSample reading = PowerSample.FromCounter(now * Counters.Millisecond, now % 70_000 * 3_000_000);
                CounterStep step = zone.Advance(in reading);
                if (step.IsBoundary) zone.Resolve(in reading, in step);
                if (i % 7 == 0) board.Fail(now);
                else board.Draw(now, i);
            }
        });
    }
}
