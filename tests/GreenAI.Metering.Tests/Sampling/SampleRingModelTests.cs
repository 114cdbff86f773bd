using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>The ring against a plain list of everything that was appended.</summary>
public sealed class SampleRingModelTests
{
    // Mostly even steps, some pauses, holes and idle stretches.
    private static readonly Gen<List<(long Ticks, long Microjoules, bool Hole)>> _steps = Gen.Select(
        Gen.Frequency((9, Gen.Long[90, 110]), (1, Gen.Long[1, 1_000_000_000])),
        Gen.Frequency((8, Gen.Long[0, 5000]), (1, Gen.Long[0, 1_000_000_000_000])),
        Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true)))).List[1, 200];

    [Fact]
    public void TryGetEnergy_AnySamplesAndWindow_IsTheListsAnswer() =>
        Gen.Select(_steps, Gen.Int[2, 64], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((steps, capacity, a, b) =>
        {
            (SampleRing ring, List<PowerSample> all) = Build(steps, capacity);
            List<PowerSample> held = all[Math.Max(0, all.Count - ring.Capacity)..];
            long span = held[^1].Timestamp - held[0].Timestamp;
            long from = held[0].Timestamp + (long)(span * Math.Min(a, b));
            long to = held[0].Timestamp + (long)(span * Math.Max(a, b));
            if (!ring.TryGetEnergy(from, to, out RingEnergy energy)) return false;
            (long fromEnergy, long fromCovered) = Books(held, from);
            (long toEnergy, long toCovered) = Books(held, to);
            return energy.Microjoules == toEnergy - fromEnergy && energy.CoveredTicks == toCovered - fromCovered
                && energy.Coverage is >= 0 and <= 1 && energy.Ticks == to - from;
        });

    [Fact]
    public void C19_AdjacentWindowsAnywhere_SumToLastMinusFirst() =>
        Gen.Select(_steps, Gen.Double[0, 1].List[1, 20]).Sample((steps, cuts) =>
        {
            (SampleRing ring, List<PowerSample> all) = Build(steps, 256);
            long start = all[0].Timestamp, span = all[^1].Timestamp - start;
            long last = start, sum = 0;
            foreach (long cut in cuts.Append(1.0).Order().Select(cut => start + (long)(span * cut)))
            {
                if (!ring.TryGetEnergy(last, cut, out RingEnergy energy)) return false;
                (sum, last) = (sum + energy.Microjoules, cut);
            }

            // The double of the last cut may miss the newest timestamp by a tick.
            return ring.TryGetEnergy(start, last, out RingEnergy whole) && whole.Microjoules == sum;
        });

    [Theory]
    [InlineData(100, 1024)]
    [InlineData(300, 1024)]
    [InlineData(2500, 1024)]
    [InlineData(20_000, 8192)]
    public void TryGetEnergy_LargeRingWithPauses_FindsTheRightInterval(int count, int capacity)
    {
        var random = new Random(count);
        var steps = Enumerable.Range(0, count).Select(_ =>
            (random.Next(100) == 0 ? random.NextInt64(1, 1_000_000) : random.NextInt64(90, 110), random.NextInt64(5000), false));
        (SampleRing ring, List<PowerSample> all) = Build([.. steps], capacity);
        List<PowerSample> held = all[Math.Max(0, all.Count - ring.Capacity)..];
        for (int i = 0; i < 2000; i++)
        {
            // On a sample, just beside it, or anywhere in its interval.
            long from = Near(held[random.Next(held.Count)].Timestamp), to = Near(held[random.Next(held.Count)].Timestamp);
            (from, to) = (Math.Min(from, to), Math.Max(from, to));
            Assert.True(ring.TryGetEnergy(from, to, out RingEnergy energy));
            Assert.Equal(Books(held, to).Microjoules - Books(held, from).Microjoules, energy.Microjoules);
            Assert.Equal(to - from, energy.CoveredTicks);
        }

        long Near(long timestamp) =>
            Math.Clamp(timestamp + random.NextInt64(-1, 2) * random.NextInt64(1, 300), held[0].Timestamp, held[^1].Timestamp);
    }

    [Fact]
    public void CopyTo_AnySinceAndLength_IsTheListsSlice() =>
        Gen.Select(_steps, Gen.Int[2, 64], Gen.Int[-5, 210], Gen.Int[0, 80]).Sample((steps, capacity, since, length) =>
        {
            (SampleRing ring, List<PowerSample> all) = Build(steps, capacity);
            var copy = new PowerSample[length];
            int count = ring.CopyTo(since, copy, out long first);
            long expectedFirst = Math.Max(Math.Max(0, since), all.Count - ring.Capacity);
            IEnumerable<PowerSample> expected = all.Skip((int)expectedFirst).Take(length);
            return first == expectedFirst && copy.Take(count).Select(s => s.Timestamp).SequenceEqual(expected.Select(s => s.Timestamp));
        });

    private static (SampleRing Ring, List<PowerSample> All) Build(
        List<(long Ticks, long Microjoules, bool Hole)> steps, int capacity)
    {
        var ring = new SampleRing(capacity);
        var all = new List<PowerSample> { PowerSample.FromCounter(1000, 0) };
        foreach ((long ticks, long microjoules, bool hole) in steps)
        {
            all.Add(PowerSample.FromCounter(all[^1].Timestamp + ticks, all[^1].Microjoules + microjoules) with
            {
                Flags = SampleFlags.Energy | (hole ? SampleFlags.Hole : SampleFlags.None),
            });
        }

        foreach (PowerSample sample in all) Assert.True(ring.Append(in sample));
        return (ring, all);
    }

    private static (long Microjoules, long CoveredTicks) Books(List<PowerSample> samples, long timestamp)
    {
        long covered = 0;
        for (int i = 1; i < samples.Count; i++)
        {
            (PowerSample before, PowerSample after) = (samples[i - 1], samples[i]);
            bool hole = (after.Flags & SampleFlags.Hole) != 0;
            if (timestamp <= after.Timestamp)
            {
                Int128 part = (Int128)(after.Microjoules - before.Microjoules) * (timestamp - before.Timestamp);
                long energy = before.Microjoules + (long)(part / (after.Timestamp - before.Timestamp));
                return (energy, covered + (hole ? 0 : timestamp - before.Timestamp));
            }

            covered += hole ? 0 : after.Timestamp - before.Timestamp;
        }

        return (samples[^1].Microjoules, covered);
    }
}
