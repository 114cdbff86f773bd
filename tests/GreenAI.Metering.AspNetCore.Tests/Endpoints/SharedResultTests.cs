using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.AspNetCore.Tests.Endpoints;

public sealed class SharedResultTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private int _made;

    [Fact]
    public async Task Get_ManyAskWhileItIsMade_IsMadeOnce()
    {
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var shared = new SharedResult<int>(() => Make(release.Task), _second, _time);
        Task<int>[] callers = [.. Enumerable.Range(0, 1000).Select(_ => shared.GetAsync(TestContext.Current.CancellationToken))];
        release.SetResult(7);
        Assert.All(await Task.WhenAll(callers), value => Assert.Equal(7, value));
        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task Get_AfterASecond_IsMadeAnew()
    {
        var shared = new SharedResult<int>(() => Make(Task.FromResult(_made)), _second, _time);
        await shared.GetAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        await shared.GetAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, _made);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await shared.GetAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, _made);
    }

    [Fact]
    public async Task Get_OneCallerGoesAway_TheOthersGetIt()
    {
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var shared = new SharedResult<int>(() => Make(release.Task), _second, _time);
        using var gone = new CancellationTokenSource();
        Task<int> first = shared.GetAsync(gone.Token);
        Task<int> second = shared.GetAsync(TestContext.Current.CancellationToken);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        release.SetResult(7);
        Assert.Equal(7, await second);
        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task Get_MakingFailed_TheNextCallerBeginsAnew()
    {
        var shared = new SharedResult<int>(() => Make(_made == 0 ? Task.FromException<int>(new IOException("once")) : Task.FromResult(7)), _second, _time);
        await Assert.ThrowsAsync<IOException>(() => shared.GetAsync(TestContext.Current.CancellationToken));
        Assert.Equal(7, await shared.GetAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Get_WithPatience_GivesUpWhileItIsStillMade()
    {
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var shared = new SharedResult<int>(() => Make(release.Task), _second, _time);
        Task<int> impatient = shared.GetAsync(_second, TestContext.Current.CancellationToken);
        _time.Advance(_second);
        await Assert.ThrowsAsync<TimeoutException>(() => impatient);
        release.SetResult(7);
        Assert.Equal(7, await shared.GetAsync(TestContext.Current.CancellationToken));
    }

    private async Task<int> Make(Task<int> result)
    {
        Task<int> taken = result;
        Interlocked.Increment(ref _made);
        return await taken;
    }
}
