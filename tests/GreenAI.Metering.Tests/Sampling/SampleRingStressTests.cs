using System.Diagnostics;

namespace GreenAI.Metering.Tests;

/// <summary>One writer as fast as it can against three readers: every sample and every answer must be whole.</summary>
/// <remarks>On x64 this cannot show a missing fence of a weaker processor; the argument for those is in the ring's remarks.</remarks>
public sealed class SampleRingStressTests
{
    private const long Slope = 3;

    [Theory]
    [InlineData(8)]
    [InlineData(1024)]
    public async Task Readers_UnderAFastWriter_SeeOnlyWholeSamples(int capacity)
    {
        var ring = new SampleRing(capacity);
        using var stop = new CancellationTokenSource();
        Task<long>[] readers =
        [
            Reader(() => ReadLatest(ring), stop.Token),
            Reader(() => ReadCopies(ring), stop.Token),
            Reader(() => ReadEnergy(ring), stop.Token),
        ];
        long started = Stopwatch.GetTimestamp();
        for (long i = 0; i < 40_000_000 && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMilliseconds(600); i++)
        {
            ring.Append(Sample(i));
        }

        await stop.CancelAsync();
        foreach (Task<long> reader in readers) Assert.True(await reader > 0, "A reader never came through.");
    }

    // Every field is a function of the sequence number: a torn sample does not fit together.
    private static PowerSample Sample(long i) => PowerSample.FromCounter(i * 10, i * 10 * Slope) with
    {
        Milliwatts = (int)i,
        Utilization = BitConverter.Int32BitsToSingle((int)(i * 7) & 0x3FFFFFFF),
    };

    private static bool IsWhole(in PowerSample sample)
    {
        PowerSample expected = Sample(sample.Timestamp / 10);
        return sample.Timestamp % 10 == 0 && sample.Microjoules == expected.Microjoules && sample.Milliwatts == expected.Milliwatts
            && sample.Utilization.Equals(expected.Utilization) && sample.Flags == expected.Flags && sample.Tier == expected.Tier;
    }

    private static Task<long> Reader(Func<long> read, CancellationToken stop) => Task.Factory.StartNew(
        () =>
        {
            long seen = 0;
            while (!stop.IsCancellationRequested) seen += read();
            return seen + read();
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private static long ReadLatest(SampleRing ring)
    {
        if (!ring.TryGetLatest(out PowerSample sample)) return 0;
        Assert.True(IsWhole(in sample));
        return 1;
    }

    private static long ReadCopies(SampleRing ring)
    {
        Span<PowerSample> samples = stackalloc PowerSample[16];
        int count = ring.CopyTo(ring.Count - ring.Capacity, samples, out long first);
        for (int i = 0; i < count; i++)
        {
            Assert.True(IsWhole(in samples[i]));
            Assert.Equal(first + i, samples[i].Timestamp / 10);
        }

        return count + ring.CopyLatest(samples);
    }

    private static long ReadEnergy(SampleRing ring)
    {
        long newest = (ring.Count - 1) * 10;
        long from = newest - ring.Capacity * 5L + 3, to = newest - 7;
        if (!ring.TryGetEnergy(from, to, out RingEnergy energy)) return 0;
        Assert.Equal((to - from) * Slope, energy.Microjoules);
        Assert.Equal(to - from, energy.CoveredTicks);
        return 1;
    }
}
