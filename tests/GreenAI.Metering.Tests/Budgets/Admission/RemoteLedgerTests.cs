using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests.Budgets;

/// <summary>Budgets on a ledger that is not local: leases, outages, the three ways to bear them.</summary>
public sealed class RemoteLedgerTests
{
    [Fact]
    public void TryAdmit_WithALease_AsksNobody()
    {
        (AdmissionRig rig, RemoteLedger ledger) = Make(LedgerOutage.LastLease);
        using AdmissionRig _ = rig;
        rig.Flush();
        int before = ledger.Exchanges;
        for (int i = 0; i < 100; i++)
        {
            using Admission admission = rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Estimate = Energy.FromMicrojoules(10) });
            Assert.True(admission.HoldsReservation);
        }

        Assert.Equal(before, ledger.Exchanges);
    }

    [Fact]
    public async Task AdmitAsync_MoreIsOnItsWay_WaitsForIt()
    {
        (AdmissionRig rig, RemoteLedger _) = Make(LedgerOutage.LastLease);
        using AdmissionRig ended = rig;
        rig.Flush();
        AdmissionRequest request = new(rig.Model) { Estimate = Energy.FromJoules(50) };
        Admission refused = rig.Meter.TryAdmit(request);
        Assert.True(refused.Verdict is Verdict.Delay || refused.HoldsReservation);
        if (refused.Verdict == Verdict.Delay) Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        refused.Dispose();
        Admission admitted = await rig.Meter.AdmitAsync(request, TestContext.Current.CancellationToken);
        Assert.True(admitted.HoldsReservation, admitted.Reason);
    }

    [Fact]
    public void LastLease_LedgerIsDown_UsesTheLeaseUpThenRefuses()
    {
        (AdmissionRig rig, RemoteLedger ledger) = Make(LedgerOutage.LastLease);
        using AdmissionRig _ = rig;
        rig.Flush();
        Down(rig, ledger);
        Assert.True(rig.Spend(0.5).HoldsReservation);
        Admission refused = rig.Spend(5);
        Assert.Equal(Verdict.Deny, refused.Verdict);
        Assert.Contains("ledger does not answer", refused.Reason, StringComparison.Ordinal);
        Assert.True(refused.IsLedgerDown);
        Assert.False(rig.Status().IsLedgerReachable);
        ledger.IsDown = false;
        rig.Flush();
        Assert.True(rig.Spend(5).MayRun);
        rig.Flush();
        Assert.Equal(5_500_000, rig.Status().Spent);
        Assert.Equal([BudgetEventKind.LedgerLost, BudgetEventKind.LedgerReturned], Told(rig));
    }

    [Fact]
    public void LastLease_ManyExchangesFail_ForgetsNothingOfWhatWasWanted()
    {
        (AdmissionRig rig, RemoteLedger ledger) = Make(LedgerOutage.LastLease);
        using AdmissionRig _ = rig;
        rig.Flush();
        Down(rig, ledger);
        Assert.False(rig.Spend(5).MayRun);
        for (int i = 0; i < 10; i++) rig.Flush();
        ledger.IsDown = false;
        rig.Flush();
        Assert.True(rig.Spend(5).MayRun);
    }

    [Fact]
    public void LastLease_LeaseIsOver_RefusesThoughHeadroomIsLeft()
    {
        (AdmissionRig rig, RemoteLedger ledger) = Make(LedgerOutage.LastLease);
        using AdmissionRig _ = rig;
        rig.Flush();
        ledger.IsDown = true;
        // The lease lasts 30 s, and its holder stops 3 s earlier.
        rig.Time.Advance(TimeSpan.FromSeconds(26));
        Assert.True(rig.Meter.TryAdmit(Small(rig)).HoldsReservation);
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(rig.Meter.TryAdmit(Small(rig)).MayRun);
    }

    [Fact]
    public void Open_LedgerIsDown_RunsAndBooksLater()
    {
        (AdmissionRig rig, RemoteLedger ledger) = Make(LedgerOutage.Open);
        using AdmissionRig _ = rig;
        rig.Flush();
        Down(rig, ledger);
        for (int i = 0; i < 12; i++) Assert.True(rig.Spend(8).MayRun, $"Inference {i} must run.");
        ledger.IsDown = false;
        rig.Flush();
        rig.Flush();
        Assert.Equal(96_000_000, rig.Status().Spent);
        Assert.True(rig.Meter.Budgets.Gate!.Generation!.Budgets[0].Account!.Balance!.Overrun >= 90_000_000);
        // What is known here to be spent counts, ledger or not.
        rig.Spend(8);
        Admission refused = rig.Spend(8);
        Assert.Equal((Verdict.Deny, false), (refused.Verdict, refused.IsLedgerDown));
    }

    [Fact]
    public void Closed_LedgerIsDown_RefusesThoughTheLeaseLasts()
    {
        (AdmissionRig rig, RemoteLedger ledger) = Make(LedgerOutage.Closed);
        using AdmissionRig _ = rig;
        rig.Flush();
        Down(rig, ledger);
        rig.Tick();
        Admission refused = rig.Meter.TryAdmit(Small(rig));
        Assert.Equal(Verdict.Deny, refused.Verdict);
        Assert.Contains("the policy refuses then", refused.Reason, StringComparison.Ordinal);
        Assert.True(refused.IsLedgerDown);
        ledger.IsDown = false;
        rig.Flush();
        Assert.True(rig.Meter.TryAdmit(Small(rig)).MayRun);
    }

    [Fact]
    public void Dispose_GivesTheLeaseBack()
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        RemoteLedger ledger = new(time);
        LedgerAccount key;
        using (AdmissionRig rig = new(Policies.Of(Policies.Joules(100)), ledger, time: time))
        {
            rig.Flush();
            rig.Spend(0.5);
            key = rig.Meter.Budgets.Gate!.Generation!.Budgets[0].Account!.Account;
        }

        LedgerBalance balance = ledger.ReadAsync(key, TestContext.Current.CancellationToken).Result!;
        Assert.Equal((500_000, 0), (balance.Settled, balance.Outstanding));
    }

    private static (AdmissionRig Rig, RemoteLedger Ledger) Make(LedgerOutage outage)
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        RemoteLedger ledger = new(time);
        BudgetDefinition budget = Policies.Joules(100);
        return (new AdmissionRig(Policies.Of(new BudgetDefinition
        {
            Id = budget.Id,
            Kind = budget.Kind,
            LimitMicrounits = budget.LimitMicrounits,
            Window = budget.Window,
            Ladder = budget.Ladder,
            OnLedgerDown = outage,
        }), ledger, time: time), ledger);
    }

    // For longer than the ledger may be silent, and for less than the lease lasts.
    private static void Down(AdmissionRig rig, RemoteLedger ledger)
    {
        ledger.IsDown = true;
        rig.Time.Advance(TimeSpan.FromSeconds(10));
        rig.Flush();
    }

    private static AdmissionRequest Small(AdmissionRig rig) => new(rig.Model) { Estimate = Energy.FromMicrojoules(10) };

    private static IEnumerable<BudgetEventKind> Told(AdmissionRig rig)
    {
        rig.Meter.DisposeAsync().AsTask().Wait(TestContext.Current.CancellationToken);
        return rig.Events.All.Select(told => told.Kind).Where(kind => kind is BudgetEventKind.LedgerLost or BudgetEventKind.LedgerReturned);
    }
}
