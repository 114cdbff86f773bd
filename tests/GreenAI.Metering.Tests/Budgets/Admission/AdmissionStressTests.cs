using CsCheck;

namespace GreenAI.Metering.Tests.Budgets;

/// <summary>Requests of many threads against closes, flushes and policies that change: nothing is lost, nothing is given out twice.</summary>
public sealed class AdmissionStressTests
{
    private const int Threads = 4;

    [Fact]
    public void Reserve_ByManyThreads_NeverExceedsTheLimitAndAllOfItIsUsed()
    {
        const long limit = 1_000_000;
        InMemoryBudgetLedger ledger = new(TimeProvider.System);
        LeasedAccount account = Account(ledger, limit, out LedgerAccount key);
        long spent = 0, over = 0;
        Parallel.For(0, Threads, thread =>
        {
            var random = new Random(thread);
            for (int refused = 0; refused < 1000;)
            {
                long estimate = random.Next(1, 40);
                if (!account.TryReserve(estimate, out BudgetLease lease))
                {
                    refused++;
                    continue;
                }

                long actual = random.Next(0, (int)estimate + 1);
                lease.Settle(estimate, actual);
                if (Interlocked.Add(ref spent, actual) > limit) Interlocked.Increment(ref over);
            }
        });
        account.ExchangeNow();
        LedgerBalance balance = ledger.ReadAsync(key, CancellationToken.None).Result!;
        Assert.Equal(0, over);
        Assert.Equal(spent, account.Spent);
        Assert.Equal(spent, balance.Settled);
        Assert.Equal(0, balance.Overrun);
        Assert.InRange(spent, limit - 40, limit);
    }

    [Fact]
    public void Reserve_InAnyOrder_KeepsTheIdentityAndTheLimit() => Gen.Select(Gen.Long[1, 5000], Gen.Select(Gen.Int[0, 4], Gen.Long[1, 300], Gen.Long[0, 400]).Array[1, 60]).Sample((limit, steps) =>
    {
        InMemoryBudgetLedger ledger = new(TimeProvider.System);
        LeasedAccount account = Account(ledger, limit, out LedgerAccount key);
        var held = new List<(BudgetLease Lease, long Amount)>();
        long reserved = 0, spent = 0, beyond = 0;
        foreach ((int step, long amount, long actual) in steps)
        {
            if (step <= 1 && account.TryReserve(amount, out BudgetLease lease))
            {
                held.Add((lease, amount));
                reserved += amount;
            }
            else if (step == 2 && held.Count > 0)
            {
                (BudgetLease of, long estimate) = held[0];
                held.RemoveAt(0);
                of.Settle(estimate, actual);
                reserved -= estimate;
                spent += actual;
                beyond += Math.Max(0, actual - estimate);
            }
            else if (step == 3)
            {
                account.Charge(actual);
                spent += actual;
                beyond += actual;
            }
            else if (step == 4)
            {
                account.ExchangeNow();
            }

            Assert.Equal(spent, account.Spent);
            Assert.Equal(reserved, account.Current.InFlight);
            Assert.True(spent + reserved <= limit + beyond, $"{spent} + {reserved} of {limit} and {beyond} beyond.");
        }

        account.ExchangeNow();
        LedgerBalance? balance = ledger.ReadAsync(key, CancellationToken.None).Result;
        Assert.Equal(spent, balance!.Settled);
        Assert.True(balance.Charged <= balance.Limit + balance.Overrun);
    });

    [Fact]
    public void Meter_RequestsClosesAndPolicies_SettleEveryReservationAndLoseNoSlot()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(1e6), Policies.Joules(1e6, new BudgetScope { Tenant = BudgetScope.Each }, "each")));
        BudgetPolicy[] policies =
        [
            Policies.Of(Policies.Joules(1e6), Policies.Joules(1e6, new BudgetScope { Tenant = BudgetScope.Each }, "each")),
            new BudgetPolicy { Version = "2", Budgets = [Policies.Joules(2e6)] },
            new BudgetPolicy { Version = "3", Budgets = [Policies.Joules(2e6), Policies.Joules(3e6, new BudgetScope { Model = "large" }, "large")] },
        ];
        TenantHandle[] tenants = [rig.Meter.Tenant("a"), rig.Meter.Tenant("b"), default];
        using var ended = new CountdownEvent(Threads);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            var random = new Random(number);
            for (int i = 0; i < 20_000; i++)
            {
                AdmissionRequest request = new(rig.Model) { Tenant = tenants[random.Next(3)], Estimate = Energy.FromMicrojoules(random.Next(1, 2000)) };
                Admission admission = rig.Meter.TryAdmit(request);
                int what = random.Next(10);
                if (what == 0) admission.Dispose();
                if (what == 1) continue;
                using InferenceScope scope = rig.Meter.Begin(rig.Model, admission);
                admission.Dispose();
                if (what > 2) scope.Complete();
            }

            ended.Signal();
        }))];
        foreach (Thread thread in threads) thread.Start();
        for (int round = 0; !ended.IsSet; round++)
        {
            rig.Pass(0.001, 0.001);
            rig.Tick();
            if (round % 7 == 0) rig.Meter.Budgets.Apply(policies[round / 7 % 3]);
            if (round % 5 == 0) Assert.True(rig.Meter.Budgets.FlushAsync().Wait(TimeSpan.FromSeconds(30)));
        }

        foreach (Thread thread in threads) thread.Join();
        rig.Pass(0.001, 0.001);
        rig.Tick();
        // What was admitted and forgotten is given back.
        rig.Meter.Budgets.Gate!.Sweep(TimeSpan.FromMilliseconds(-1));
        rig.Meter.Budgets.Apply(policies[0]);
        rig.Flush();
        Assert.Equal(rig.Meter.GetTotals().Settled.Microjoules + rig.Meter.GetTotals().Late.Microjoules, (long)rig.Status().Spent);
        Assert.All(rig.Meter.Budgets.Gate.Generation!.Budgets, book => Assert.Equal(0, book.Account!.Current.InFlight));
        SlotAssert.NoneLeaked(rig.Meter.Engine.Slots);
    }

    private static LeasedAccount Account(InMemoryBudgetLedger ledger, long limit, out LedgerAccount key)
    {
        key = new LedgerAccount { Key = "a", Window = new BudgetWindow { Type = BudgetWindowType.Lifetime }, Limit = limit };
        return new LeasedAccount(key, ledger, new BootClock(TimeProvider.System), new LeaseTerms { Holder = "h" }, static () => { });
    }
}
