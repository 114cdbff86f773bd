using CsCheck;
using static GreenAI.Metering.CounterStepKind;

namespace GreenAI.Metering.Tests;

public sealed class PowerIntegrationTests
{
    [Fact]
    public void Advance_TwoReadings_GiveTheTrapezoid()
    {
        CounterTracker board = Counters.PowerTracker();
        board.Draw(0, 100_000).Is(Baseline, 0, closes: false, covered: false);
        board.Draw(1000, 200_000).Is(Counted, 150_000_000, closes: true, covered: true);
    }

    [Fact]
    public void Advance_MillionStepsBelowOneMicrojoule_DoNotDrift()
    {
        // 1 mW over 333 ns is 0.000333 µJ: rounded step by step it would be lost for ever.
        CounterTracker board = Counters.PowerTracker();
        for (long step = 0; step <= 1_000_000; step++) board.Advance(PowerSample.FromPower(step * 333, 1));
        Assert.Equal(333, board.TotalMicrojoules);
    }

    [Fact]
    public void Advance_AnyReadings_SumIsTheExactIntegralRoundedDownOnce() =>
        Gen.Select(Gen.Int[0, 2_000_000], Gen.Long[1, 10_000_000_000]).List[1, 60].Sample(readings =>
        {
            CounterTracker board = Counters.PowerTracker();
            Int128 exact = 0;
            long now = 0;
            int last = -1;
            foreach ((int milliwatts, long ticks) in readings)
            {
                now += ticks;
                if (last >= 0) exact += (Int128)((long)last + milliwatts) * 1000 * ticks;
                board.Advance(PowerSample.FromPower(now, milliwatts));
                last = milliwatts;
            }

            return board.TotalMicrojoules == (long)(exact / (2 * Counters.Frequency));
        });

    [Fact]
    public void Advance_FailedReading_LeavesAHoleAndInventsNothing()
    {
        CounterTracker board = Counters.PowerTracker();
        board.Draw(0, 100_000);
        board.Draw(1000, 100_000);
        board.Fail(2000).Is(Failed, 0, closes: false, covered: false);
        CounterStep gap = board.Draw(3000, 100_000);
        gap.Is(Gap, 0, closes: true, covered: false);
        Assert.Equal(1000 * Counters.Millisecond, gap.PreviousTimestamp);
        board.Draw(4000, 100_000).Is(Counted, 100_000_000, closes: true, covered: true);
        Assert.Equal(200_000_000, board.TotalMicrojoules);
    }

    [Theory]
    [InlineData(2_000_001)]
    [InlineData(int.MaxValue)]
    public void Advance_MoreThanTheDeviceCanDraw_IsNotBelieved(int milliwatts)
    {
        CounterTracker board = Counters.PowerTracker();
        board.Draw(0, 100_000);
        board.Draw(1000, milliwatts).Is(Implausible, 0, closes: false, covered: false);
        board.Draw(2000, 100_000).Is(Gap, 0, closes: true, covered: false);
    }

    [Fact]
    public void Advance_NegativePower_IsAFailedReading()
    {
        CounterTracker board = Counters.PowerTracker();
        board.Draw(0, 100_000);
        board.Draw(1000, -1).Is(Failed, 0, closes: false, covered: false);
    }

    [Fact]
    public void C16_ClockThatDoesNotAdvance_IntegratesNothing()
    {
        CounterTracker board = Counters.PowerTracker();
        board.Draw(1000, 100_000);
        board.Draw(1000, 300_000).Is(TimeStoodStill, 0, closes: false, covered: false);
        board.Draw(500, 300_000).Is(TimeStoodStill, 0, closes: false, covered: false);
        board.Draw(2000, 100_000).Is(Counted, 100_000_000, closes: true, covered: true);
    }
}
