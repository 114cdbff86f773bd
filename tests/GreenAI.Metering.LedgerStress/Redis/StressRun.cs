using GreenAI.Metering.Checks;

namespace GreenAI.Metering.LedgerStress;

/// <summary>One run of a scenario.</summary>
internal sealed record StressRun(RedisServer Server, LoopbackProxy Proxy, StressFleet Fleet, StressMonitor Monitor, CheckList Checks, string Name)
{
    /// <summary>Waits until all workers spend and a good part of the budget is left.</summary>
    public async Task BegunAsync()
    {
        bool begun = await Monitor.UntilAsync(static balance => balance.Holders == StressFleet.Workers && balance.Settled > StressTerms.Limit / 50, TimeSpan.FromSeconds(8));
        Checks.That(begun, Name + ": all workers spend", StressMonitor.Text(Monitor.Last));
    }
}
