using Microsoft.Extensions.Logging.Abstractions;

namespace GreenAI.Metering.Tests.Carbon;

/// <summary>When providers are asked.</summary>
public sealed class CarbonFeedTests
{
    private static readonly TimeSpan _refresh = TimeSpan.FromMinutes(5);

    private readonly TimerProbe _time = new();
    private readonly FactorTimeline _timeline = new(TimeSpan.FromMinutes(15));

    [Fact]
    public async Task AsksAgain_WhenWhatItWasToldEnds_OrAfterTheRefreshInterval()
    {
        TimeSpan valid = TimeSpan.FromSeconds(90);
        var provider = new ScriptedCarbonProvider("live", _ => Valid(valid));
        CarbonFeed feed = Feed(provider);
        Assert.Equal(0, provider.Asked);
        feed.Start();
        feed.Start();
        Assert.Equal(TimeSpan.FromSeconds(90), await _time.NextAsync());
        Assert.Equal(1, provider.Asked);
        valid = TimeSpan.FromHours(1);
        _time.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(_refresh, await _time.NextAsync());
        Assert.Equal(2, provider.Asked);
        valid = TimeSpan.FromMilliseconds(1);
        _time.Advance(_refresh);
        Assert.Equal(TimeSpan.FromSeconds(1), await _time.NextAsync());
        Assert.Equal(3, provider.Asked);
        feed.Stop();
    }

    [Fact]
    public async Task Refusals_AreRetriedMoreAndMoreSeldom_UntilAnAnswerComes()
    {
        bool down = true;
        CarbonFeed feed = Feed(new ScriptedCarbonProvider("live", _ => down ? CarbonRigs.Down : Valid(TimeSpan.FromHours(1))));
        feed.Start();
        foreach (int seconds in (int[])[30, 60, 120, 240, 300]) await PauseAsync(seconds);
        await PauseAsync(300, () =>
        {
            Assert.Equal(CarbonGap.Unreachable, feed.Refusal!.Gap);
            down = false;
        });
        await PauseAsync(300, () =>
        {
            Assert.Null(feed.Refusal);
            down = true;
        });
        await PauseAsync(30);
        feed.Stop();
    }

    [Theory]
    [InlineData(10, 30)]
    [InlineData(600, 600)]
    [InlineData(86400 * 3650, 86400)]
    public async Task RetryAfter_IsHonoured_ADayAtMost(double seconds, double pause)
    {
        var provider = new ScriptedCarbonProvider("live", _ => CarbonIntensityAnswer.Refused(CarbonGap.RateLimited, "Wait.", TimeSpan.FromSeconds(seconds)));
        CarbonFeed feed = Feed(provider);
        feed.Start();
        await PauseAsync(pause, () => Assert.Equal(1, provider.Asked));
        // After a day the chain is looked at again; whom it concerns is asked only when its own time is over.
        await _time.NextAsync();
        Assert.Equal(seconds > 86400 ? 1 : 2, provider.Asked);
        feed.Stop();
    }

    [Fact]
    public async Task FallbackAnswers_ThePreferredIsAskedSoon_UnlessItWishedNot()
    {
        CarbonIntensityAnswer first = CarbonRigs.Down;
        var preferred = new ScriptedCarbonProvider("preferred", _ => first);
        var other = new ScriptedCarbonProvider("other", _ => Valid(TimeSpan.FromHours(9)));
        CarbonFeed feed = Feed(preferred, other);
        feed.Start();
        await PauseAsync(30, () =>
        {
            Assert.Null(feed.Refusal);
            Assert.Equal(1, _timeline.At(_timeline.Factors, _time.GetUtcNow()).Factor!.FallbackRank);
        });
        await PauseAsync(60, () => first = CarbonIntensityAnswer.Refused(CarbonGap.Unauthorized, "Key?"));
        await PauseAsync(300, () => first = Valid(TimeSpan.FromHours(9)));
        await PauseAsync(300);
        Assert.Equal(0, _timeline.At(_timeline.Factors, _time.GetUtcNow()).Factor!.FallbackRank);
        feed.Stop();
    }

    [Fact]
    public async Task HangingProvider_IsWaitedForAMinute_AskedOnceOnly_AndTheNextIsAsked()
    {
        var never = new TaskCompletionSource<CarbonIntensityAnswer>();
        CancellationToken told = default;
        int asked = 0;
        var hanging = new AsyncProvider("hanging", stop =>
        {
            asked++;
            told = stop;
            return never.Task;
        });
        CarbonFeed feed = Feed(hanging, new ScriptedCarbonProvider("other", _ => Valid(TimeSpan.FromHours(9))));
        feed.Start();
        await PauseAsync(PatientCarbonProvider.Patience.TotalSeconds);
        await PauseAsync(30, () => Assert.Equal(1, _timeline.At(_timeline.Factors, _time.GetUtcNow()).Factor!.FallbackRank));
        await PauseAsync(60, () => Assert.Equal(1, asked));
        await PauseAsync(120, () =>
        {
            Assert.Equal(1, asked);
            Assert.True(told.IsCancellationRequested, "A provider is told that nobody waits.");
            // It answers at last: that answer is of no use any more, the next one is.
            never.SetResult(Valid(TimeSpan.FromSeconds(1)));
            never = new TaskCompletionSource<CarbonIntensityAnswer>();
            never.SetResult(Valid(TimeSpan.FromHours(9)));
        });
        await PauseAsync(300);
        Assert.Equal(0, _timeline.At(_timeline.Factors, _time.GetUtcNow()).Factor!.FallbackRank);
        feed.Stop();
    }

    [Fact]
    public async Task Stop_CancelsAQuestionUnderWay_AndNobodyAsksAgain()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int asked = 0;
        CarbonFeed feed = Feed(new AsyncProvider("hanging", stop =>
        {
            asked++;
            stop.Register(cancelled.SetResult);
            return new TaskCompletionSource<CarbonIntensityAnswer>().Task;
        }));
        feed.Start();
        await _time.NextAsync();
        feed.Stop();
        await cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task NeverTwoQuestionsAtOnce()
    {
        int running = 0, most = 0, asked = 0;
        CarbonFeed feed = Feed(new AsyncProvider("slow", async stop =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            asked++;
            await Task.Delay(TimeSpan.FromSeconds(20), _time, stop);
            Interlocked.Decrement(ref running);
            return Valid(TimeSpan.FromSeconds(40));
        }));
        feed.Start();
        for (int i = 0; i < 20; i++)
        {
            // Its own delay, the patience of the feed, and then the pause.
            Assert.Equal(TimeSpan.FromSeconds(20), await _time.NextAsync());
            Assert.Equal(PatientCarbonProvider.Patience, await _time.NextAsync());
            _time.Advance(TimeSpan.FromSeconds(20));
            Assert.Equal(TimeSpan.FromSeconds(40), await _time.NextAsync());
            _time.Advance(TimeSpan.FromSeconds(40));
        }

        await _time.NextAsync();
        Assert.Equal((1, 21), (most, asked));
        feed.Stop();
    }

    [Fact]
    public void WhatCannotChange_AppliesAtOnce_AndNobodyAsks()
    {
        var constant = new ConstantCarbonIntensity(CarbonRigs.Factor(100, DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
        var never = new ScriptedCarbonProvider("never", _ => CarbonRigs.Down);
        Feed(constant, never).Start();
        Assert.Equal(100, _timeline.At(_timeline.Factors, _time.GetUtcNow()).Factor!.Intensity.GramsPerKilowattHour);
        Assert.Equal(0, never.Asked);
    }

    [Fact]
    public async Task ConstantThatEnds_DoesNotKeepTheNextFromBeingAsked()
    {
        DateTimeOffset now = _time.GetUtcNow();
        CarbonFeed feed = Feed(
            new ConstantCarbonIntensity(CarbonRigs.Factor(100, DateTimeOffset.MinValue, now.AddSeconds(100))),
            new ScriptedCarbonProvider("live", _ => Valid(TimeSpan.FromHours(9))));
        feed.Start();
        await PauseAsync(100);
        Assert.Equal(100, _timeline.At(_timeline.Factors, now).Factor!.Intensity.GramsPerKilowattHour);
        await _time.NextAsync();
        Assert.Equal(2, _timeline.Factors.Length);
        feed.Stop();
    }

    [Fact]
    public async Task AnswerWithANullInIt_IsRefused_AndTheNextIsAsked()
    {
        Assert.Throws<ArgumentException>("factors", () => CarbonIntensityAnswer.Of(CarbonRigs.Factor(1, default, DateTimeOffset.MaxValue), null!));
        CarbonFeed feed = Feed(
            new ScriptedCarbonProvider("broken", _ => CarbonIntensityAnswer.Of([null!])), new ScriptedCarbonProvider("other", _ => Valid(TimeSpan.FromHours(1))));
        await feed.AskAsync(TestContext.Current.CancellationToken);
        Assert.Null(feed.Refusal);
        Assert.Equal(1, Assert.Single(_timeline.Factors).FallbackRank);
    }

    [Fact]
    public async Task ChainWithinTheChain_KeepsItsRanks()
    {
        var chain = new FallbackCarbonIntensity(
            [new ScriptedCarbonProvider("a", _ => CarbonRigs.Down), new ScriptedCarbonProvider("b", _ => Valid(TimeSpan.FromHours(1)))], _time);
        CarbonFeed feed = Feed(chain, new ConstantCarbonIntensity(CarbonRigs.Factor(5, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)));
        await feed.AskAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], _timeline.Factors.Select(factor => factor.FallbackRank));
    }

    private CarbonIntensityAnswer Valid(TimeSpan length) =>
        CarbonIntensityAnswer.Of(CarbonRigs.Factor(100, _time.GetUtcNow(), _time.GetUtcNow() + length));

    private CarbonFeed Feed(params ICarbonIntensityProvider[] providers) => new(providers, _timeline, _refresh, _time, NullLogger.Instance);

    // The feed waits so long, meanwhile something happens, and then the time is over: it asks again.
    private async Task PauseAsync(double seconds, Action? meanwhile = null)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), await _time.NextAsync());
        meanwhile?.Invoke();
        _time.Advance(TimeSpan.FromSeconds(seconds));
    }

    private sealed class AsyncProvider(string name, Func<CancellationToken, Task<CarbonIntensityAnswer>> answer) : ICarbonIntensityProvider
    {
        public string Name => name;

        public CarbonKind Kind => ScriptedCarbonProvider.DefaultKind;

        public ValueTask<CarbonIntensityAnswer> GetAsync(CancellationToken cancellationToken) => new(answer(cancellationToken));
    }
}
