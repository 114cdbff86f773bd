using CsCheck;

namespace GreenAI.Metering.Tests;

public class RunningMomentsTests
{
    [Fact]
    public void Add_AnyNumbersInTwoSets_IsWhatTwoPassesGive()
    {
        Gen.Select(Gen.Double[-1e6, 1e6].Array[0, 50], Gen.Double[-1e6, 1e6].Array[0, 50]).Sample(static (left, right) =>
        {
            RunningMoments one = default, two = default;
            foreach (double x in left) one.Add(x);
            foreach (double x in right) two.Add(x);
            one.Add(two);
            double[] all = [.. left, .. right];
            double mean = all.Length > 0 ? all.Average() : 0;
            double deviation = all.Length > 1 ? Math.Sqrt(all.Sum(x => (x - mean) * (x - mean)) / (all.Length - 1)) : 0;
            Assert.Equal(all.Length, one.Count);
            Assert.Equal(mean, one.Mean, 1e-6);
            Assert.Equal(deviation, one.StandardDeviation, 1e-6);
        });
    }

    [Fact]
    public void Add_WhatIsNoNumber_IsLeftOut()
    {
        RunningMoments moments = default;
        moments.Add(double.NaN);
        moments.Add(double.PositiveInfinity);
        moments.Add(3);
        Assert.Equal((1, 3.0, 0.0), (moments.Count, moments.Mean, moments.StandardDeviation));
    }

    [Fact]
    public void MoveTo_HalfAfterHalf_TellsOfTheLastTwo()
    {
        var moments = new WindowedMoments(TimeSpan.FromHours(1));
        long half = TimeSpan.TicksPerHour / 2, start = new DateTime(2026, 11, 29).Ticks;
        Assert.False(moments.MoveTo(start));
        moments.Add(1);
        Assert.False(moments.MoveTo(start + half - 1));
        Assert.Equal(0, moments.Last.Count);
        Assert.True(moments.MoveTo(start + half));
        Assert.Equal((1, 1.0), (moments.Last.Count, moments.Last.Mean));
        moments.Add(3);
        Assert.False(moments.MoveTo(start));
        Assert.True(moments.MoveTo(start + (2 * half)));
        Assert.Equal((2, 2.0), (moments.Last.Count, moments.Last.Mean));
        moments.Add(5);
        Assert.True(moments.MoveTo(start + (5 * half)));
        Assert.Equal((2, 4.0), (moments.Last.Count, moments.Last.Mean));
        moments.Add(7);
        Assert.True(moments.MoveTo(start + (6 * half)));
        Assert.Equal((1, 7.0), (moments.Last.Count, moments.Last.Mean));
    }
}
