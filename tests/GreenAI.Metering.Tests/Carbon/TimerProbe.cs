using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests.Carbon;

/// <summary>A clock that tells each timer that is made: who waits, and for how long.</summary>
internal sealed class TimerProbe : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _made = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        _made.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until a timer is made.</summary>
    /// <returns>When it is due.</returns>
    /// <remarks>The limit ends a test that would hang; it judges nothing.</remarks>
    public Task<TimeSpan> NextAsync() =>
        _made.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
}
