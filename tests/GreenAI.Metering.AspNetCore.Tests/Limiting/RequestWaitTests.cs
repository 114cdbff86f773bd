using System.Net;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.AspNetCore.Tests.Limiting;

public sealed class RequestWaitTests
{
    [Fact]
    public async Task Request_Delayed_WaitsInTheLimiterAndIsRefusedThere()
    {
        var time = new WatchedTime();
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.UseRouting();
                app.UseRateLimiter();
                app.UseInferenceMetering();
                app.MapGet("/predict", () => "7").WithInferenceMetering("m");
            },
            (services, metering) =>
            {
                services.AddSingleton<TimeProvider>(time);
                metering.AddAspNetCore(options => options.Requests.WaitForDelay = TimeSpan.FromSeconds(5)).AddRateLimiting();
            },
            Policies.Joules(1e6, Policies.Delay(1e-9, TimeSpan.FromSeconds(3))));
        Assert.Equal("7", await rig.Client.GetStringAsync("/predict", TestContext.Current.CancellationToken));
        await rig.Meter.SettleAsync(TestContext.Current.CancellationToken);
        await rig.Meter.SettleAsync(TestContext.Current.CancellationToken);
        Task<HttpResponseMessage> waiting = rig.Client.GetAsync("/predict", TestContext.Current.CancellationToken);
        // Time passes once the request waits. The second pause would be longer than may be waited: one passes.
        await time.WaitsAsync();
        time.Advance(TimeSpan.FromSeconds(4));

        using HttpResponseMessage response = await waiting;
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        // Asked when it came and after the pause; the metering did not ask again.
        Assert.Equal(2, rig.Meter.Budgets.Decisions().Single(row => row.Verdict == Verdict.Delay).Count);
    }

    /// <summary>A clock that tells when somebody begins to wait by it.</summary>
    private sealed class WatchedTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource _waits = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task WaitsAsync() => _waits.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ITimer timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime.TotalSeconds is > 1 and < 5) _waits.TrySetResult();
            return timer;
        }
    }
}
