using GreenAI.Metering.Tests.Carbon;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests.Budgets;

public sealed class BudgetInstrumentTests
{
    [Fact]
    public void Gauges_OfEachBudget_AreInBaseUnitsAndNamed()
    {
        using AdmissionRig rig = new(Policies.Of(
            Policies.Joules(10),
            Policies.Joules(4, new BudgetScope { Tenant = BudgetScope.Each }, "each"),
            new BudgetDefinition { Id = "g", Kind = BudgetKind.Emissions, LimitMicrounits = 2e6, Window = Policies.Month, Ladder = [Policies.Deny()] }));
        using InstrumentProbe probe = new(rig.Meters);
        rig.Spend(1, new AdmissionRequest(rig.Model) { Tenant = rig.Meter.Tenant("acme"), Estimate = Energy.FromJoules(1) });
        rig.Flush();
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        IReadOnlyList<InstrumentReading> spent = probe.Collect(InstrumentNames.EnergyBudgetSpent);
        Assert.Equal(["b", "each/tenant=acme"], spent.Select(row => row.Tags["greenai.budget"]).Order());
        Assert.All(spent, row => Assert.Equal(1.0, row.Value, 9));
        InstrumentReading grams = Assert.Single(probe.Collect(InstrumentNames.CarbonBudgetSpent));
        Assert.Equal(("g", 1e-4), (grams.Tags["greenai.budget"], Math.Round(grams.Value, 9)));
        Assert.Equal(2, Assert.Single(probe.Collect(InstrumentNames.CarbonBudgetLimit)).Value);
        Assert.Equal(9, probe.Collect(InstrumentNames.EnergyBudgetRemaining).Single(row => row.Tags["greenai.budget"] == "b").Value, 9);
        Assert.Equal(30 * 86_400, probe.Collect(InstrumentNames.BudgetPeriod)[0].Value);
        Assert.Equal(["Allow"], probe.Collect(InstrumentNames.BudgetDecisions).Select(row => row.Tags["greenai.verdict"]).Distinct());
    }

    [Fact]
    public void Period_SaysKindAndWindow_AsThePolicyWritesThem()
    {
        BudgetWindow hour = new() { Type = BudgetWindowType.Rolling, Length = TimeSpan.FromHours(1) };
        using AdmissionRig rig = new(Policies.Of(
            Policies.Joules(10),
            new BudgetDefinition { Id = "rolling", Kind = BudgetKind.EnergyPerInference, LimitMicrounits = 2e6, Window = hour, Ladder = [Policies.Deny()] },
            new BudgetDefinition { Id = "for-ever", Kind = BudgetKind.Emissions, LimitMicrounits = 2e6, Window = new() { Type = BudgetWindowType.Lifetime }, Ladder = [Policies.Deny()] }));
        using InstrumentProbe probe = new(rig.Meters);
        rig.Spend(1);
        Assert.Equal(
            [("b", 2_592_000, "energy", "calendar"), ("rolling", 3_600, "energyPerInference", "rolling")],
            probe.Collect(InstrumentNames.BudgetPeriod)
                .Select(row => (row.Tags["greenai.budget"], row.Value, row.Tags["greenai.budget.kind"], row.Tags["greenai.budget.window"])).Order());
    }

    // A replica that starts knows nothing of what the fleet has spent: a 0 that becomes the spend of a month would be taken for spend of a minute.
    [Fact]
    public void Spend_OfASharedLedgerThatHasNotAnsweredYet_HasNoRow()
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        RemoteLedger ledger = new(time);
        BudgetPolicy policy = Policies.Of(Policies.Joules(100));
        using AdmissionRig before = new(policy, ledger, time: time);
        before.Flush();
        Assert.True(before.Spend(0.5).MayRun);
        before.Flush();
        Assert.Equal(5e5, before.Status().Spent, 1.0);
        ledger.IsDown = true;
        using AdmissionRig started = new(policy, ledger, time: time);
        using InstrumentProbe probe = new(started.Meters);
        started.Flush();
        Assert.Equal(100, Assert.Single(probe.Collect(InstrumentNames.EnergyBudgetLimit)).Value);
        foreach (string unknown in (string[])[InstrumentNames.EnergyBudgetSpent, InstrumentNames.EnergyBudgetRemaining, InstrumentNames.EnergyBudgetForecast])
            Assert.Empty(probe.Collect(unknown));
        ledger.IsDown = false;
        time.Advance(TimeSpan.FromSeconds(1));
        started.Flush();
        Assert.Equal(0.5, Assert.Single(probe.Collect(InstrumentNames.EnergyBudgetSpent)).Value, 9);
        Assert.Equal(99.5, Assert.Single(probe.Collect(InstrumentNames.EnergyBudgetRemaining)).Value, 9);
        // What was told once stands while the ledger is silent.
        ledger.IsDown = true;
        time.Advance(TimeSpan.FromMinutes(1));
        started.Flush();
        Assert.Equal(0.5, Assert.Single(probe.Collect(InstrumentNames.EnergyBudgetSpent)).Value, 9);
    }

    [Fact]
    public void LedgerReachable_IsNoughtWhileTheLedgerIsSilent()
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        RemoteLedger ledger = new(time);
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100)), ledger, time: time);
        using InstrumentProbe probe = new(rig.Meters);
        rig.Flush();
        foreach (bool isDown in (bool[])[false, true, false])
        {
            ledger.IsDown = isDown;
            time.Advance(TimeSpan.FromMinutes(1));
            rig.Flush();
            InstrumentReading row = Assert.Single(probe.Collect(InstrumentNames.BudgetLedgerReachable));
            Assert.Equal(("b", isDown ? 0 : 1), (row.Tags["greenai.budget"], row.Value));
        }

        Assert.Equal(0, Assert.Single(probe.Collect(InstrumentNames.BudgetAuditLost)).Value);
    }

    [Fact]
    public void AuditLost_CountsWhatTheLogCouldNotTake()
    {
        string folder = Directory.CreateTempSubdirectory("greenai-audit-").FullName;
        try
        {
            GreenAIMeteringOptions options = CarbonRigs.Constant(360, 1);
            options.Budgets.AuditFolder = folder;
            using AdmissionRig rig = new(Policies.Of(Policies.Joules(100)), options: options);
            using InstrumentProbe probe = new(rig.Meters);
            Assert.Equal(0, Assert.Single(probe.Collect(InstrumentNames.BudgetAuditLost)).Value);
            AuditLog audit = rig.Meter.Budgets.Audit!;
            // Faster than any disk takes them: the queue fills.
            while (audit.Lost == 0) audit.TryAppend(AuditRig.Event(1));
            Assert.Equal(audit.Lost, Assert.Single(probe.Collect(InstrumentNames.BudgetAuditLost)).Value);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void WithoutAPolicy_ThereAreNoRows()
    {
        using AdmissionRig rig = new(null);
        using InstrumentProbe probe = new(rig.Meters);
        rig.Spend(1);
        Assert.Empty(probe.Collect(InstrumentNames.EnergyBudgetLimit));
        Assert.Empty(probe.Collect(InstrumentNames.BudgetDecisions));
        Assert.Empty(probe.Collect(InstrumentNames.BudgetLedgerReachable));
        Assert.Empty(probe.Collect(InstrumentNames.BudgetAuditLost));
    }
}
