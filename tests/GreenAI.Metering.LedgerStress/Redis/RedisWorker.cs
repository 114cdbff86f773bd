using Microsoft.Extensions.Logging.Abstractions;

namespace GreenAI.Metering.LedgerStress;

/// <summary>A process that admits and settles as a service does, until its standard input is closed.</summary>
internal static class RedisWorker
{
    // So many admissions, then the pace's pause.
    private const int Round = 50;

    public static async Task<int> RunAsync(string[] arguments)
    {
        StressTerms terms = StressTerms.Parse(arguments[1..]);
        using var truth = new TruthFile(arguments[0]);
        await using RedisBudgetLedger ledger = terms.ToLedger();
        LeaseTerms lease = new()
        {
            Holder = Guid.NewGuid().ToString("N"),
            TimeToLive = StressTerms.TimeToLive,
            FlushInterval = TimeSpan.FromMilliseconds(250),
        };
        LedgerPump? pump = null;
        var clock = new BootClock(TimeProvider.System);
        var account = new LeasedAccount(terms.ToAccount(), ledger, clock, lease, () => pump!.Wake());
        await using (pump = new LedgerPump(ledger, () => [account], clock, lease, TimeProvider.System, NullLogger.Instance))
        {
            var stop = Task.Run(static () => Console.In.ReadToEnd());
            await pump.ExchangeAsync();
            Admit(account, truth, terms.Pace, stop, pump);
        }

        truth.Exchanges = pump.Exchanges;
        return 0;
    }

    private static void Admit(LeasedAccount account, TruthFile truth, int pace, Task stop, LedgerPump pump)
    {
        var random = new Random();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        TimeSpan waited = TimeSpan.Zero;
        long spent = 0, admissions = 0, rounds = 0;
        while (!stop.IsCompleted)
        {
            bool dry = false;
            for (int i = 0; i < Round && !dry; i++)
            {
                if (!account.TryReserve(StressTerms.Estimate, out BudgetLease lease))
                {
                    dry = true;
                    break;
                }

                int actual = random.Next(1, StressTerms.Estimate);
                // Spent first, told after: what a kill in between leaves must be covered by the lease.
                truth.Spent = spent += actual;
                lease.Settle(StressTerms.Estimate, actual);
                admissions++;
            }

            truth.Admissions = admissions;
            truth.Exchanges = pump.Exchanges;
            // What was processed while there was nothing to admit is no cost of an admission.
            if (!dry && ++rounds % 20 == 0) truth.Microseconds = (long)(Environment.CpuUsage.TotalTime - before - waited).TotalMicroseconds;
            if (!dry && pace == 0) continue;
            TimeSpan sleeps = Environment.CpuUsage.TotalTime;
            Thread.Sleep(dry ? 1 : pace);
            if (dry) waited += Environment.CpuUsage.TotalTime - sleeps;
        }
    }
}
