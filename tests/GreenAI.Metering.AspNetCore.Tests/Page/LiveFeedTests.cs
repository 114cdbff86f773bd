using System.Buffers;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.AspNetCore.Tests.Page;

public sealed class LiveFeedTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly List<Exception> _failures = [];
    private int _made;
    private bool _fails;

    [Fact]
    public void Time_WithoutAViewer_MakesNothing()
    {
        LiveFeed feed = Feed();
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((0, 0), (_made, feed.Viewers));
    }

    [Fact]
    public async Task Join_First_HasASnapshotAtOnce()
    {
        LiveFeed feed = Feed();
        Assert.True(feed.TryJoin());
        Assert.Equal("1", await Next(feed, 0));
        feed.Leave();
    }

    [Fact]
    public async Task Second_PassesWithThreeViewers_MakesOneSnapshotForAll()
    {
        LiveFeed feed = Feed();
        for (int i = 0; i < 3; i++) Assert.True(feed.TryJoin());
        _time.Advance(LiveFeed.Interval);
        Assert.Equal(2, _made);
        for (int i = 0; i < 3; i++) Assert.Equal("2", await Next(feed, 1));
    }

    [Fact]
    public void Leave_TheLast_EndsTheWork()
    {
        LiveFeed feed = Feed();
        feed.TryJoin();
        feed.TryJoin();
        feed.Leave();
        _time.Advance(LiveFeed.Interval);
        Assert.Equal(2, _made);
        feed.Leave();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((2, 0), (_made, feed.Viewers));
    }

    [Fact]
    public async Task Join_AfterTheLastHasLeft_SeesNothingOld()
    {
        LiveFeed feed = Feed();
        feed.TryJoin();
        feed.Leave();
        _time.Advance(TimeSpan.FromHours(1));
        feed.TryJoin();
        Assert.Equal("2", await Next(feed, 0));
    }

    [Fact]
    public async Task Next_OfASlowViewer_IsTheLatestSnapshotAndNotTheNextOne()
    {
        LiveFeed feed = Feed();
        feed.TryJoin();
        for (int i = 0; i < 9; i++) _time.Advance(LiveFeed.Interval);
        Assert.Equal("10", await Next(feed, 1));
    }

    [Fact]
    public async Task Frame_HeldByASlowViewer_StaysUntilItIsReleased()
    {
        LiveFeed feed = Feed();
        feed.TryJoin();
        LiveFrame held = (await feed.NextAsync(0, _patience, CancellationToken.None))!;
        _time.Advance(LiveFeed.Interval);
        Assert.Equal("1", Encoding.UTF8.GetString(held.Bytes.Span));
        held.Release();
        Assert.Equal(0, held.Bytes.Length);
    }

    [Fact]
    public async Task Next_NothingNewInTime_IsNull()
    {
        LiveFeed feed = Feed();
        feed.TryJoin();
        _fails = true;
        Task<LiveFrame?> waiting = feed.NextAsync(1, TimeSpan.FromSeconds(15), CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Null(await waiting.WaitAsync(_patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Next_Cancelled_Throws()
    {
        LiveFeed feed = Feed();
        feed.TryJoin();
        using var cancelled = new CancellationTokenSource();
        Task<LiveFrame?> waiting = feed.NextAsync(1, _patience, cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void Join_BeyondTheBound_IsRefusedUntilOneLeaves()
    {
        LiveFeed feed = Feed(most: 2);
        Assert.True(feed.TryJoin());
        Assert.True(feed.TryJoin());
        Assert.False(feed.TryJoin());
        feed.Leave();
        Assert.True(feed.TryJoin());
        Assert.Equal(2, feed.Viewers);
    }

    [Fact]
    public async Task Make_Fails_IsToldOnceAndGoesOnWhenItWorksAgain()
    {
        LiveFeed feed = Feed();
        _fails = true;
        feed.TryJoin();
        for (int i = 0; i < 5; i++) _time.Advance(LiveFeed.Interval);
        Assert.Single(_failures);
        _fails = false;
        _time.Advance(LiveFeed.Interval);
        Assert.Equal("7", await Next(feed, 0));
        _fails = true;
        _time.Advance(LiveFeed.Interval);
        Assert.Equal(2, _failures.Count);
    }

    private static async Task<string> Next(LiveFeed feed, long seen)
    {
        LiveFrame frame = (await feed.NextAsync(seen, _patience, TestContext.Current.CancellationToken))!;
        string text = Encoding.UTF8.GetString(frame.Bytes.Span);
        frame.Release();
        return text;
    }

    private LiveFeed Feed(int most = 16) => new(
        buffer =>
        {
            _made++;
            if (_fails) throw new InvalidOperationException("no figures");
            buffer.Write(Encoding.UTF8.GetBytes(_made.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        },
        _time,
        most,
        _failures.Add);
}
