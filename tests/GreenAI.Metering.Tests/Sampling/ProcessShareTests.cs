namespace GreenAI.Metering.Tests;

public sealed class ProcessShareTests
{
    private readonly FakeProcessorTimes _times = new();

    [Fact]
    public void Own_IsOurTimeOverAllTime_OverATrailingSecond()
    {
        var share = new ProcessShare(_times, 0);
        double now = 0;
        Run(20, own: 1, foreign: 3);
        Assert.Equal(0.25, share.Own, 1e-9);
        Run(5, own: 3, foreign: 1);
        Assert.InRange(share.Own, 0.4, 0.6);
        Run(6, own: 3, foreign: 1);
        Assert.Equal(0.75, share.Own, 1e-9);

        void Run(int ticks, double own, double foreign)
        {
            for (int i = 0; i < ticks; i++)
            {
                now += 0.1;
                _times.Own += own * 0.1;
                _times.Busy += (own + foreign) * 0.1;
                Assert.True(share.TryRefresh(now));
            }
        }
    }

    [Fact]
    public void TryRefresh_TooSoon_ReadsNothing()
    {
        var share = new ProcessShare(_times, 0);
        _times.Own = _times.Busy = 1;
        Assert.False(share.TryRefresh(0.01));
        Assert.True(share.TryRefresh(0.06));
    }

    [Fact]
    public void Unreadable_ShareIsUnknown_AllIsOursAndNothingIsQuiet_UntilItReturns()
    {
        var share = new ProcessShare(_times, 0);
        _times.Busy = 4;
        _times.Own = 1;
        share.TryRefresh(1);
        Assert.Equal(0.25, share.Own, 1e-9);
        _times.Fails = true;
        Assert.False(share.TryRefresh(2));
        Assert.False(share.IsKnown);
        Assert.Equal(1, share.Own);
        Assert.False(share.OwnQuiet);
        _times.Fails = false;
        share.TryRefresh(3);
        _times.Busy = 8;
        _times.Own = 3;
        share.TryRefresh(4);
        Assert.Equal(0.5, share.Own, 1e-9);
    }

    [Fact]
    public void UnknownShare_WidensTheUncertainty()
    {
        _times.Fails = true;
        using var ours = new EnergyMeter(
            new GreenAIMeteringOptions(),
            new MeterEnvironment { Sources = [Source(out FakePowerSource source)], ProcessorTimes = _times });
        InferenceScope scope = ours.Begin("m");
        source[0].Add(100);
        Thread.SpinWait(1000);
        scope.Complete();
        EnergyTotals totals = ours.SettleAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
        Assert.Equal(100, totals.Settled.Microjoules);
        Assert.True(totals.Models[0].Uncertainty!.Value.Above >= 1);
    }

    [Fact]
    public void IsKnown_OneReadingOnly_IsFalse()
    {
        var times = new FakeProcessorTimes { Own = 5, Busy = 100 };
        var share = new ProcessShare(times, 0);
        Assert.False(share.IsKnown);
        times.Busy = 101;
        share.TryRefresh(1);
        Assert.True(share.IsKnown);
        times.Fails = true;
        share.TryRefresh(2);
        times.Fails = false;
        share.TryRefresh(3);
        Assert.False(share.IsKnown);
    }

    [Fact]
    public void Throttled_IsThatTheTimeHeldBackGrewSinceTheRefreshBefore()
    {
        _times.Throttled = 7;
        var share = new ProcessShare(_times, 0);
        Assert.False(share.Throttled);
        Assert.False(After(1, throttled: 7));
        Assert.True(After(2, throttled: 7.000001));
        Assert.False(After(3, throttled: 7.000001));
        Assert.False(After(4, throttled: double.NaN));
        Assert.False(After(5, throttled: 9));
        Assert.True(After(6, throttled: 10));
        Assert.False(After(7, throttled: 2));
        Assert.True(After(8, throttled: 3));
        _times.Fails = true;
        Assert.False(After(9, throttled: 4));

        bool After(double now, double throttled)
        {
            _times.Throttled = throttled;
            share.TryRefresh(now);
            return share.Throttled;
        }
    }

    private static FakePowerSource Source(out FakePowerSource source) =>
        source = new FakePowerSource(TimeProvider.System, FakePowerSource.Cpu("fake:unknown-share", idle: Power.Zero));
}
