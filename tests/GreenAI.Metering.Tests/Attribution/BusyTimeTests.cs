using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class BusyTimeTests
{
    [Fact]
    public void WholeInterval_EmptyStretches_AndTheNextInterval()
    {
        var busy = new BusyTime();
        busy.Begin(1_000, 1_000_001_000);
        busy.Add(1_000, 1_000_001_000);
        busy.Add(1_000_001_000, 1_000_001_000);
        Assert.Equal(1_000_000_000, busy.End());
        busy.Begin(5, 5);
        Assert.Equal(0, busy.End());
        busy.Begin(5, 8);
        busy.Add(6, 7);
        Assert.Equal(1, busy.End());
        busy.Begin(0, 100);
        Assert.Equal(0, busy.End());
    }

    [Fact]
    public void AnyStretches_AreTheirUnion_WithinACellForEachEnd() => Gen.Select(
        Gen.Long[0, 1L << 50], Gen.Long[1, 1L << 44], Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Array[0, 12]).Sample((from, length, parts) =>
    {
        var busy = new BusyTime();
        busy.Begin(from, from + length);
        (long From, long Until)[] stretches = [.. parts
            .Select(part => (From: from + (long)(Math.Min(part.Item1, part.Item2) * length), Until: from + (long)(Math.Max(part.Item1, part.Item2) * length)))
            .Order()];
        foreach ((long since, long until) in stretches)
        {
            if (until > since) busy.Add(since, until);
        }

        long union = 0, reached = from;
        foreach ((long since, long until) in stretches)
        {
            union += Math.Max(0, until - Math.Max(since, reached));
            reached = Math.Max(reached, until);
        }

        double told = Math.Min(length, busy.End()) / (double)length;
        Assert.InRange(told - (union / (double)length), -1e-6, (2.0 * stretches.Length * Math.Max(1.0 / 256, 1.0 / length)) + (2.0 * stretches.Length / length) + 1e-6);
    });
}
