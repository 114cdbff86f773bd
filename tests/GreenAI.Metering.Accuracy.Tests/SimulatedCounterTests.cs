namespace GreenAI.Metering.Accuracy.Tests;

public sealed class SimulatedCounterTests
{
    [Fact]
    public void Read_BetweenRefreshes_ShowsTheLastRefresh()
    {
        double[] ages = [.. Enumerable.Range(0, 1000).Select(static i => 0.0101 * i).Select(Age)];

        Assert.All(ages, static age => Assert.InRange(age, -1e-4, 1.0e-3 + 1e-4));
        Assert.Equal(0.5e-3, ages.Average(), 1e-4);
        return;

        // 100 W from the start: how much energy is not shown yet is how old the reading is.
        static double Age(double seconds)
        {
            (SimulatedTime time, SimulatedCounter counter) = Counter(noise: 0, period: 0.001, watts: 100);
            long first = Read(counter);
            Advance(time, counter, SimulatedTime.Nanoseconds(seconds), watts: 100);
            double phase = new Draw(1, DrawPurpose.CounterPhase).Uniform() * 0.001;
            double shownAtStart = 0.001 - phase;
            return seconds + shownAtStart - ((Read(counter) - first) / 1e6 / 100);
        }
    }

    [Fact]
    public void Read_WithNoise_HasTheStatedPowerNoise_AndNeverFalls()
    {
        (SimulatedTime time, SimulatedCounter counter) = Counter(noise: 3, period: 0.001, watts: 100);
        List<double> watts = [];
        long last = Read(counter);
        for (int i = 1; i <= 4000; i++)
        {
            Advance(time, counter, i * (SimulatedTime.Second / 10), watts: 100);
            long now = Read(counter);
            Assert.True(now >= last);
            watts.Add((now - last) / 1e5);
            last = now;
        }

        Assert.Equal(100, watts.Average(), 1.0);
        Assert.Equal(3, Math.Sqrt(watts.Average(static value => (value - 100) * (value - 100))), 0.15);
    }

    [Fact]
    public void Read_NoiseBeyondPower_NeverFalls()
    {
        (SimulatedTime time, SimulatedCounter counter) = Counter(noise: 100, period: 0.001, watts: 1);
        long last = Read(counter);
        int stood = 0;
        for (int i = 1; i <= 1000; i++)
        {
            Advance(time, counter, i * (SimulatedTime.Second / 1000), watts: 1);
            long now = Read(counter);
            Assert.True(now >= last);
            if (now == last) stood++;
            last = now;
        }

        Assert.True(stood > 0, "The noise never asked the counter to fall: nothing was tested.");
    }

    private static (SimulatedTime Time, SimulatedCounter Counter) Counter(double noise, double period, double watts)
    {
        var time = new SimulatedTime(new EventQueue(), seed: 1);
        return (time, new SimulatedCounter("test", new CounterPlan(period, 1, noise, 0, true), watts, time, seed: 1));
    }

    private static void Advance(SimulatedTime time, SimulatedCounter counter, long until, double watts)
    {
        counter.Advance(time.Now, until, watts * time.NowSeconds, watts, watts);
        time.MoveTo(until);
    }

    private static long Read(SimulatedCounter counter)
    {
        var samples = new PowerSample[1];
        counter.Read(samples);
        return samples[0].Microjoules;
    }
}
