namespace GreenAI.Metering.Tests.Budgets;

public sealed class AdmissionTests
{
    private static readonly LadderStep[] _ladder = [Policies.Warn(0.5), Policies.Degrade(0.7, "small"), Policies.Deny()];

    [Fact]
    public void TryAdmit_WithoutAPolicy_AllowsAndReservesNothing()
    {
        using AdmissionRig rig = new(null);
        Admission admission = rig.Meter.TryAdmit(rig.Model);
        Assert.Equal(Verdict.Allow, admission.Verdict);
        Assert.False(admission.HoldsReservation);
        Assert.Null(admission.PolicyHash);
        rig.Meter.Begin(rig.Model, admission).Complete();
        Assert.Empty(rig.Meter.Budgets.Status());
    }

    [Fact]
    public void Ladder_SpentStepByStep_GoesFromAllowToDenyAndBackInTheNextMonth()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100, ladder: _ladder)));
        Assert.Equal(Verdict.Allow, rig.Spend(40).Verdict);
        Assert.Equal(Verdict.Allow, rig.Spend(20).Verdict);
        Admission warned = rig.Spend(15);
        Assert.Equal(Verdict.Warn, warned.Verdict);
        Assert.Equal("b", warned.Rule);
        Admission degraded = rig.Spend(24);
        Assert.Equal(Verdict.Degrade, degraded.Verdict);
        Assert.Equal("small", degraded.DegradeTo);
        Assert.Equal(99, rig.Status().Spent / 1e6, 3);
        rig.Spend(2);
        rig.Tick();
        Admission denied = rig.Meter.TryAdmit(rig.Model);
        Assert.Equal(Verdict.Deny, denied.Verdict);
        Assert.False(denied.MayRun);
        Assert.StartsWith("b: ", denied.Reason, StringComparison.Ordinal);
        Assert.Equal(rig.Meter.Budgets.Policy!.Hash, denied.PolicyHash);
        TimeSpan left = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero) - rig.Time.GetUtcNow();
        Assert.InRange(denied.RetryAfter!.Value, left - TimeSpan.FromSeconds(1), left + TimeSpan.FromSeconds(1));
        rig.Time.Advance(left + TimeSpan.FromSeconds(1));
        rig.Flush();
        Assert.Equal(Verdict.Allow, rig.Meter.TryAdmit(rig.Model).Verdict);
        Assert.Equal(0, rig.Status().Spent);
    }

    [Fact]
    public void PeriodEnded_IsToldWithTheWindowThatEnded()
    {
        AdmissionRig rig = new(Policies.Of(Policies.Joules(100, ladder: _ladder)));
        rig.Spend(60);
        rig.Time.Advance(TimeSpan.FromHours(2));
        rig.Flush();
        rig.Dispose();
        BudgetEvent ended = rig.Events.All.Single(told => told.Kind == BudgetEventKind.PeriodEnded);
        Assert.Contains("60 J of 100 J", ended.Reason, StringComparison.Ordinal);
        Assert.Contains("window 2026-11 ends 2026-12-01", ended.Reason, StringComparison.Ordinal);
        Assert.Equal(Verdict.Warn, ended.Verdict);
    }

    [Fact]
    public void TryAdmit_ByReservation_RefusesBeforeTheLimitIsSpent()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10)));
        AdmissionRequest request = new(rig.Model) { Estimate = Energy.FromJoules(4) };
        Admission first = rig.Meter.TryAdmit(request), second = rig.Meter.TryAdmit(request), third = rig.Meter.TryAdmit(request);
        Assert.True(first.HoldsReservation && second.HoldsReservation);
        Assert.Equal(Verdict.Deny, third.Verdict);
        Assert.Contains("used up", third.Reason, StringComparison.Ordinal);
        second.Dispose();
        Assert.Equal(Verdict.Allow, rig.Meter.TryAdmit(request).Verdict);
        Assert.Equal(0, rig.Status().Spent);
    }

    [Fact]
    public void Bill_OfWhatWasReserved_GivesTheRestBackAndIsBookedInFull()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10)));
        Admission admission = rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Estimate = Energy.FromJoules(9) });
        InferenceScope scope = rig.Meter.Begin(rig.Model, admission);
        rig.Pass(2);
        scope.Complete();
        rig.Flush();
        LeasedAccount account = Account(rig);
        Assert.Equal(2_000_000, account.Spent);
        Assert.Equal(0, account.Current.InFlight);
        Assert.Equal(2_000_000, account.Balance!.Settled);
        Assert.Equal(0, account.Balance.Overrun);
        Assert.True(rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Estimate = Energy.FromJoules(8) }).HoldsReservation);
    }

    [Fact]
    public void Bill_BeyondWhatWasReserved_IsBookedAndReportedAsOverrun()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10)));
        rig.Spend(0.5, new AdmissionRequest(rig.Model) { Estimate = Energy.FromJoules(0.5) });
        Admission admission = rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Estimate = Energy.FromJoules(1) });
        InferenceScope scope = rig.Meter.Begin(rig.Model, admission);
        rig.Pass(20);
        scope.Complete();
        rig.Flush();
        Assert.Equal(20_500_000, Account(rig).Balance!.Settled);
        LedgerBalance balance = Account(rig).Balance!;
        Assert.InRange(balance.Overrun, 10_500_000, 20_500_000);
        Assert.True(balance.Charged <= balance.Limit + balance.Overrun);
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(rig.Model).Verdict);
    }

    [Fact]
    public void Admission_BegunOrDisposedTwice_CountsOnce()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10)));
        Admission admission = rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Estimate = Energy.FromJoules(4) });
        InferenceScope first = rig.Meter.Begin(rig.Model, admission), second = rig.Meter.Begin(rig.Model, admission);
        Assert.NotEqual(first, second);
        admission.Dispose();
        Assert.Equal(4_000_000, Account(rig).Current.InFlight);
        rig.Pass(1);
        first.Complete();
        second.Complete();
        rig.Tick();
        Assert.Equal(0, Account(rig).Current.InFlight);
        Admission released = rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Estimate = Energy.FromJoules(4) });
        released.Dispose();
        released.Dispose();
        Assert.Equal(0, Account(rig).Current.InFlight);
        SlotAssert.NoneLeaked(rig.Meter.Engine.Slots);
    }

    [Fact]
    public void Begin_OfTheModelDegradedTo_GivesTheReservationBackAndChargesTheTenant()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10, new BudgetScope { Tenant = BudgetScope.Each })));
        TenantHandle acme = rig.Meter.Tenant("acme");
        Admission admission = rig.Meter.TryAdmit(rig.Model, acme, Energy.FromJoules(5));
        InferenceScope scope = rig.Meter.Begin(rig.Meter.Model("small"), admission);
        rig.Pass(3);
        scope.Complete();
        rig.Flush();
        Assert.Equal(3_000_000, rig.Status("b", "tenant=acme").Spent);
        Assert.Equal(0, rig.Meter.Budgets.Gate!.Generation!.Budgets[0].Account!.Current.InFlight);
    }

    [Fact]
    public void Admission_Forgotten_IsGivenBackAfterFiveMinutes()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10)));
        rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Estimate = Energy.FromJoules(9) });
        Wait(rig, minutes: 4);
        Assert.Equal(9_000_000, Account(rig).Current.InFlight);
        Wait(rig, minutes: 2);
        Assert.Equal(0, Account(rig).Current.InFlight);
        SlotAssert.NoneLeaked(rig.Meter.Engine.Slots);
    }

    [Fact]
    public void Hierarchy_ACallMustFitAll_TheInnerBudgetRefusesAndTheOuterIsGivenBack()
    {
        using AdmissionRig rig = new(Policies.Of(
            Policies.Joules(100, id: "all"),
            Policies.Joules(5, new BudgetScope { Model = "large" }, "large"),
            Policies.Joules(1, new BudgetScope { Model = "other" }, "other"),
            Policies.Joules(1, new BudgetScope { Service = "elsewhere" }, "elsewhere")));
        Admission admission = rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Estimate = Energy.FromJoules(6) });
        Assert.Equal(Verdict.Deny, admission.Verdict);
        Assert.Equal("large", admission.Rule);
        Assert.All(rig.Meter.Budgets.Gate!.Generation!.Budgets, book => Assert.Equal(0, book.Account!.Current.InFlight));
        Assert.Equal(["all", "large", "other"], rig.Meter.Budgets.Status().Select(status => status.Budget));
        Assert.True(rig.Spend(4).MayRun);
        rig.Flush();
        Assert.Equal(4_000_000, rig.Status("all").Spent);
        Assert.Equal(4_000_000, rig.Status("large").Spent);
        Assert.Equal(0, rig.Status("other").Spent);
    }

    [Fact]
    public void Begin_WithoutAnAdmission_IsChargedAllTheSame()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10)));
        InferenceScope scope = rig.Meter.Begin(rig.Model);
        rig.Pass(12);
        scope.Complete();
        rig.Flush();
        Assert.Equal(12_000_000, rig.Status().Spent);
        Assert.Equal(Verdict.Deny, rig.Meter.CheckAdmission(rig.Model).Verdict);
    }

    // In steps in which the lease is renewed.
    private static void Wait(AdmissionRig rig, int minutes)
    {
        for (int i = 0; i < minutes * 6; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(10));
            rig.Flush();
        }

        rig.Meter.Budgets.Beat();
    }

    private static LeasedAccount Account(AdmissionRig rig) => rig.Meter.Budgets.Gate!.Generation!.Budgets[0].Account!;
}
