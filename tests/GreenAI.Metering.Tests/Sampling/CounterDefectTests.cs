using static GreenAI.Metering.CounterStepKind;

namespace GreenAI.Metering.Tests;

/// <summary>Defects of other meters (their ids in the names), each as it must be here.</summary>
public sealed class CounterDefectTests
{
    [Fact]
    public void C1_FailedRead_IsBridgedByTheNextGoodOne()
    {
        CounterTracker zone = Counters.Tracker(Counters.ServerRange);
        zone.Count(0, 200_000_000_000).Is(Baseline, 0, closes: false, covered: false);
        zone.Count(1000, 200_001_000_000).Is(Counted, 1_000_000, closes: true, covered: true);
        zone.Fail(2000).Is(Failed, 0, closes: false, covered: false);
        CounterStep bridged = zone.Count(3000, 200_003_000_000);
        bridged.Is(Bridged, 2_000_000, closes: true, covered: true);
        Assert.Equal(1000 * Counters.Millisecond, bridged.PreviousTimestamp);
        Assert.Equal(3_000_000, zone.TotalMicrojoules);
    }

    [Fact]
    public void C2_WrapBetweenTwoReads_IsCountedAtOnce()
    {
        CounterTracker zone = Counters.Tracker(Counters.ServerRange);
        zone.Count(0, 261_993_328_850);
        zone.Count(1000, 50_000_000).Is(Wrapped, 200_000_000, closes: true, covered: true);
    }

    [Fact]
    public void C3_OneZoneWraps_TheOtherIsCountedToo()
    {
        CounterTracker wrapping = Counters.Tracker(Counters.ServerRange);
        CounterTracker steady = Counters.Tracker(Counters.ServerRange);
        wrapping.Count(0, Counters.ServerRange - 10_000_000);
        steady.Count(0, 5_000_000);
        wrapping.Count(1000, 30_000_000);
        steady.Count(1000, 65_000_000);
        Assert.Equal((40_000_000, 60_000_000), (wrapping.TotalMicrojoules, steady.TotalMicrojoules));
    }

    [Fact]
    public void C4_PackageWraps_OnlyItsOwnRangeIsAdded()
    {
        CounterTracker package = Counters.Tracker(Counters.ServerRange);
        CounterTracker dram = Counters.Tracker(65_712_999_613);
        package.Count(0, Counters.ServerRange - 100_000_000);
        dram.Count(0, 1_000_000);
        package.Count(1000, 20_000_000).Is(Wrapped, 120_000_000, closes: true, covered: true);
        dram.Count(1000, 4_000_000).Is(Counted, 3_000_000, closes: true, covered: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(123_456_789)]
    [InlineData(Counters.ServerRange)]
    public void C5_EqualReading_IsZeroAndNoWrap(long value)
    {
        CounterTracker zone = Counters.Tracker(Counters.ServerRange);
        zone.Count(0, value);
        zone.Count(1000, value).Is(Equal, 0, closes: true, covered: true);
    }

    [Fact]
    public void C6_SeveralWrapsPossible_IsALowerBoundAndAHole()
    {
        // 400 W for 400 s on a Zen package: 160,000 J, of which one wrap's arithmetic shows 28,935.
        CounterTracker zone = Counters.Tracker(Counters.ZenRange);
        zone.Count(0, 0);
        long shown = 160_000_000_000 % Counters.ZenRange;
        CounterStep step = zone.Count(400_000, shown);
        step.Is(Ambiguous, 28_934_778_026, closes: true, covered: false);
        Assert.Equal(SampleFlags.Energy | SampleFlags.Hole | SampleFlags.LowerBound, step.Flags);
    }

    [Fact]
    public void C6_SeveralWrapsPossibleAndCounterFell_IsALowerBoundAndAHole()
    {
        CounterTracker zone = Counters.Tracker(Counters.ZenRange);
        zone.Count(0, 65_000_000_000);
        zone.Count(400_000, 1_000_000_000).Is(Ambiguous, 1_532_610_987, closes: true, covered: false);
    }

    [Fact]
    public void C7_FallingCounterOfUnknownRange_IsAReset()
    {
        CounterTracker zone = Counters.Tracker(range: 0);
        zone.Count(0, 1000);
        zone.Count(1000, 900).Is(Reset, 0, closes: true, covered: false);
        zone.Count(2000, 950).Is(Counted, 50, closes: true, covered: true);
        Assert.Equal(50, zone.TotalMicrojoules);
    }

    [Fact]
    public void C8_DriverReloadOfA64BitCounter_IsAReset()
    {
        CounterTracker board = Counters.Tracker(range: 0);
        board.Count(0, 5_000_000_000);
        board.Count(1000, 100_000).Is(Reset, 0, closes: true, covered: false);
    }

    [Fact]
    public void C8_RangeOf63Bits_ResetIsNoWrap()
    {
        CounterTracker board = Counters.Tracker(long.MaxValue);
        board.Count(0, 5_000_000_000);
        board.Count(1000, 100_000).Is(Reset, 0, closes: true, covered: false);
    }

    [Fact]
    public void C9_FallingCounterOfRangeZero_NeverGoesBelowZero()
    {
        CounterTracker zone = Counters.Tracker(range: 0);
        zone.Count(0, 1_000_000);
        zone.Count(1000, 900_000).Is(Reset, 0, closes: true, covered: false);
        Assert.Equal(0, zone.TotalMicrojoules);
    }

    [Fact]
    public void C10_FirstAbsoluteReading_GivesNoEnergy()
    {
        CounterTracker first = Counters.Tracker(Counters.ServerRange);
        CounterTracker second = Counters.Tracker(Counters.ServerRange);
        first.Count(0, 150_000_000_000).Is(Baseline, 0, closes: false, covered: false);
        second.Count(0, 160_000_000_000).Is(Baseline, 0, closes: false, covered: false);
        Assert.Equal(0, first.TotalMicrojoules + second.TotalMicrojoules);
    }

    [Fact]
    public void C11_OneOfTwoFails_TheOtherIsCounted()
    {
        CounterTracker a = Counters.Tracker(Counters.ServerRange);
        CounterTracker b = Counters.Tracker(Counters.ServerRange);
        a.Count(0, 100_000_000);
        b.Count(0, 100_000_000);
        a.Count(1000, 150_000_000).Is(Counted, 50_000_000, closes: true, covered: true);
        b.Fail(1000).Is(Failed, 0, closes: false, covered: false);
        a.Count(2000, 160_000_000).Is(Counted, 10_000_000, closes: true, covered: true);
        b.Count(2000, 170_000_000).Is(Bridged, 70_000_000, closes: true, covered: true);
    }

    [Fact]
    public void C12_OneOfTwoSocketsUnreadable_DifferencesStayPerZone()
    {
        CounterTracker first = Counters.Tracker(Counters.ServerRange);
        CounterTracker second = Counters.Tracker(Counters.ServerRange);
        for (int tick = 0; tick < 4; tick++)
        {
            first.Count(tick * 1000, 100_000_000_000 + tick * 20_000_000);
            if (tick == 2) second.Fail(tick * 1000);
            else second.Count(tick * 1000, 100_000_000_000 + tick * 20_000_000);
        }

        Assert.Equal((60_000_000, 60_000_000), (first.TotalMicrojoules, second.TotalMicrojoules));
    }

    [Fact]
    public void C13_QuietIntervals_TotalsNeverFall()
    {
        // Sapphire Rapids psys: 1 J a count, often still; the fall in the middle is a reset.
        CounterTracker zone = Counters.Tracker(4_294_967_295_000_000);
        long[] joules = [7, 8, 8, 8, 9, 3, 3, 4];
        long[] totals = [0, 1, 1, 1, 2, 2, 2, 3];
        for (int second = 0; second < joules.Length; second++)
        {
            zone.Count(second * 1000, joules[second] * 1_000_000);
            Assert.Equal(totals[second] * 1_000_000, zone.TotalMicrojoules);
        }
    }

    [Fact]
    public void C14_WholeMicrojoules_StayWhole()
    {
        CounterTracker zone = Counters.Tracker(Counters.ServerRange);
        zone.Count(0, 0);
        for (int second = 1; second <= 200; second++) zone.Count(second * 1000, second * 1_000_015_000L);
        Assert.Equal(200_003_000_000, zone.TotalMicrojoules);
    }

    [Fact]
    public void C15_ImplausibleJump_IsAHoleAndANewBaseline()
    {
        CounterTracker zone = Counters.Tracker(range: 0);
        zone.Count(0, 1_000_000);
        zone.Count(1000, 10_000_001_000_000).Is(Implausible, 0, closes: true, covered: false);
        zone.Count(2000, 10_000_051_000_000).Is(Counted, 50_000_000, closes: true, covered: true);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(999)]
    [InlineData(-5)]
    public void C16_ClockThatDoesNotAdvance_GivesNoPowerAndLosesNoEnergy(long milliseconds)
    {
        CounterTracker zone = Counters.Tracker(Counters.ServerRange);
        zone.Count(1000, 1_000_000);
        zone.Count(milliseconds, 6_000_000).Is(TimeStoodStill, 0, closes: false, covered: false);
        CounterStep next = zone.Count(2000, 11_000_000);
        next.Is(Counted, 10_000_000, closes: true, covered: true);
        Assert.Equal(1000 * Counters.Millisecond, next.PreviousTimestamp);
    }
}
