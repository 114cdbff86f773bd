using System.Diagnostics;

namespace GreenAI.Metering.Observability.Tests;

/// <summary>Asks again until an answer is there or a deadline has passed.</summary>
internal static class Until
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    /// <summary>The first answer that will do; the last one where none did in time.</summary>
    public static async Task<T> Async<T>(Func<Task<T>> ask, Func<T, bool> will)
    {
        long start = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        T answer = await ask();
        while (!will(answer) && Stopwatch.GetElapsedTime(start) < _deadline)
        {
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            answer = await ask();
        }

        return answer;
    }
}
