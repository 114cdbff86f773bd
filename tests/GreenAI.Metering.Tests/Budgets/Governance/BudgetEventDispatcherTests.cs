using System.Collections.Concurrent;

namespace GreenAI.Metering.Tests;

/// <summary>Observers are told in order, on another thread, and cannot hurt.</summary>
public sealed class BudgetEventDispatcherTests
{
    [Fact]
    public async Task Publish_TellsAllInOrder_ElsewhereThanOnTheCallersThread_AndWritesTheLog()
    {
        using AuditRig rig = new();
        Collector first = new(), second = new();
        await using (AuditLog log = rig.Open())
        {
            BudgetEventDispatcher dispatcher = new([first, new Thrower(), second], log, 4096, rig.Logs.CreateLogger(""));
            for (int i = 0; i < 1000; i++) dispatcher.Publish(AuditRig.Event(i));
            await dispatcher.CompleteAsync();
            Assert.Equal(0, dispatcher.Overflow);
        }

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), first.Counts);
        Assert.Equal(first.Counts, second.Counts);
        Assert.Equal(1001, (await rig.VerifyAsync()).Records);
        Assert.Single(rig.Logs.Lines, line => line.Contains("Observer Thrower threw", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Observer_ThatIsSlow_LosesEventsThatAreCounted_TheLogDoesNot()
    {
        using AuditRig rig = new();
        using ManualResetEventSlim gate = new();
        Blocker blocker = new(gate);
        await using (AuditLog log = rig.Open())
        {
            BudgetEventDispatcher dispatcher = new([blocker], log, 4, rig.Logs.CreateLogger(""));
            dispatcher.Publish(AuditRig.Event(0));
            await blocker.Entered;
            for (int i = 0; i < 10; i++) dispatcher.Publish(AuditRig.Event(i));
            Assert.Equal(6, dispatcher.Overflow);
            gate.Set();
            await dispatcher.CompleteAsync();
            Assert.Equal(5, blocker.Told);
            Assert.Equal(0, log.Lost);
        }

        Assert.Equal(12, (await rig.VerifyAsync()).Records);
    }

    [Fact]
    public async Task Publish_WithoutObserversAndLog_DoesNothing()
    {
        using AuditRig rig = new();
        BudgetEventDispatcher dispatcher = new([], null, 1, rig.Logs.CreateLogger(""));
        for (int i = 0; i < 10; i++) dispatcher.Publish(AuditRig.Event(i));
        await dispatcher.CompleteAsync();
        Assert.Equal(0, dispatcher.Overflow);
    }

    private sealed class Collector : IBudgetObserver
    {
        private readonly ConcurrentQueue<long> _counts = new();

        public IEnumerable<long> Counts => _counts;

        public void OnEvent(BudgetEvent budgetEvent) => _counts.Enqueue(budgetEvent.Count);
    }

    private sealed class Thrower : IBudgetObserver
    {
        public void OnEvent(BudgetEvent budgetEvent) => throw new InvalidOperationException("The application's own.");
    }

    private sealed class Blocker(ManualResetEventSlim gate) : IBudgetObserver
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public int Told { get; private set; }

        // It would hold the publisher up for ever, were it told on the publisher's thread.
        public void OnEvent(BudgetEvent budgetEvent)
        {
            _entered.TrySetResult();
            gate.Wait();
            Told++;
        }
    }
}
