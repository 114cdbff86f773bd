using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>A counter simulated in raw units behind the tracker: what it says is compared with what was truly drawn.</summary>
public sealed class CounterModelTests
{
    private const long Unit = 15;
    private const long Counts = 1 << 24;
    private const long Range = (Counts - 1) * Unit;

    // Range is 251.7 J: at 400 W at most one wrap fits into 0.6 s.
    private const double MaxWatts = 400;
    private static readonly Gen<(int Raw, int Milliseconds, int Kind)> _reading =
        Gen.Select(Gen.Int[0, 400_000], Gen.Int[1, 60], Gen.Int[0, 9]);

    [Fact]
    public void Advance_AnyPowerScheduleFailuresAndWraps_SumsToTheTrueGain() =>
        Gen.Select(Gen.Long[0, Counts - 1], _reading.List[1, 200]).Sample((start, readings) =>
        {
            CounterTracker zone = Counters.Tracker(Range, MaxWatts);
            long raw = start, now = 0, lastGood = 0, bookedRaw = raw;
            zone.Count(0, raw * Unit);
            foreach ((int power, int milliseconds, int kind) in readings)
            {
                now += milliseconds;
                raw += (long)power * milliseconds / Unit;
                if (kind < 4 && now - lastGood < 500)
                {
                    Misread(zone, kind, lastGood, now, raw);
                    continue;
                }

                CounterStep step = zone.Count(now, raw % Counts * Unit);

                // A wrap loses the one unit by which the modulus exceeds the range.
                long wraps = raw / Counts - bookedRaw / Counts;
                if (!step.Covered || step.Microjoules != (raw - bookedRaw - wraps) * Unit) return false;
                (lastGood, bookedRaw) = (now, raw);
            }

            return zone.TotalMicrojoules == (bookedRaw - start - (bookedRaw / Counts - start / Counts)) * Unit;
        });

    [Fact]
    public void M5_WrapInsideManyWindows_NoneIsWrong()
    {
        // Wraps every 2 s at 125.8 W; 593 windows of 97 ms.
        CounterTracker zone = Counters.Tracker(Range, MaxWatts);
        long raw = 0, booked = 0;
        zone.Count(0, 0);
        for (int window = 1; window <= 593; window++)
        {
            raw += 8_388_608L * 97 / 1000;
            long gain = zone.Count(window * 97, raw % Counts * Unit).Microjoules;
            long wraps = raw / Counts - booked / Counts;
            Assert.Equal((raw - booked - wraps) * Unit, gain);
            booked = raw;
        }

        Assert.Equal(28, booked / Counts);
    }

    [Fact]
    public void Advance_AnyBytes_NeverThrowsNorFalls() =>
        Gen.Select(Gen.Long, Gen.Select(Gen.Long, Gen.Long, Gen.Int, Gen.Int[0, 3]).List[1, 50]).Sample((range, readings) =>
        {
            CounterTracker zone = Counters.Tracker(range);
            CounterTracker board = Counters.PowerTracker();
            foreach ((long timestamp, long value, int power, int flags) in readings)
            {
                var reading = PowerSample.FromCounter(timestamp, value) with { Milliwatts = power, Flags = (SampleFlags)flags };
                long before = zone.TotalMicrojoules;
                CounterStep step = zone.Advance(in reading);
                if (zone.TotalMicrojoules != before + step.Microjoules || step.Microjoules < 0) return false;
                if (step.IsBoundary) zone.Resolve(in reading, in step);
                if (board.Advance(in reading).Microjoules < 0) return false;
            }

            return true;
        });

    private static void Misread(CounterTracker zone, int kind, long lastGood, long now, long raw)
    {
        CounterStep step = kind switch
        {
            0 => zone.Fail(now),
            1 => zone.Count(now, Range + 1 + raw),
            2 => zone.Count(lastGood, raw % Counts * Unit),
            _ => zone.Count(now, -raw - 1),
        };
        Assert.Equal((false, 0), (step.Closes, step.Microjoules));
    }
}
