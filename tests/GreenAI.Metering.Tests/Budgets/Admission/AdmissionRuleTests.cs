namespace GreenAI.Metering.Tests.Budgets;

/// <summary>Shadow mode, waivers, tiers, exemptions, unmetered inferences, policies exchanged under way.</summary>
public sealed class AdmissionRuleTests
{
    [Fact]
    public void Shadow_WouldDeny_AllowsAndTells()
    {
        BudgetDefinition budget = Policies.Joules(10);
        using AdmissionRig rig = new(Policies.Of(new BudgetDefinition
        {
            Id = budget.Id,
            Kind = budget.Kind,
            LimitMicrounits = budget.LimitMicrounits,
            Window = budget.Window,
            Ladder = budget.Ladder,
            Shadow = true,
        }));
        rig.Spend(12);
        Admission admission = rig.Meter.TryAdmit(rig.Model);
        Assert.Equal(Verdict.Allow, admission.Verdict);
        Assert.Equal(Verdict.Deny, admission.ShadowVerdict);
        rig.Meter.Budgets.Beat();
        rig.Meter.DisposeAsync().AsTask().Wait(TestContext.Current.CancellationToken);
        BudgetEvent told = Assert.Single(rig.Events.All, told => told.Kind == BudgetEventKind.Decisions);
        Assert.True(told is { IsShadow: true, Verdict: Verdict.Deny, Count: 1 });
    }

    [Fact]
    public void Waiver_InForce_LiftsUntilItExpires()
    {
        BudgetPolicy policy = new()
        {
            Version = "1",
            Budgets = [Policies.Joules(10)],
            Waivers =
            [
                new Waiver { Id = "W-1", Rule = "b", Reason = "a migration.", ApprovedBy = "board", Expires = AdmissionRig.Start + TimeSpan.FromMinutes(10) },
            ],
        };
        using AdmissionRig rig = new(policy);
        rig.Tick();
        Assert.True(rig.Spend(30).MayRun);
        rig.Flush();
        Admission waived = rig.Meter.TryAdmit(rig.Model);
        Assert.Equal(Verdict.Allow, waived.Verdict);
        Assert.Equal("W-1", rig.Status().Waiver);
        Assert.Contains("waived by W-1", rig.Meter.Budgets.Explain(waived), StringComparison.Ordinal);
        waived.Dispose();
        rig.Time.Advance(TimeSpan.FromMinutes(11));
        rig.Flush();
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(rig.Model).Verdict);
        Assert.Null(rig.Status().Waiver);
        rig.Meter.DisposeAsync().AsTask().Wait(TestContext.Current.CancellationToken);
        Assert.Equal([BudgetEventKind.WaiverUsed, BudgetEventKind.WaiverEnded],
            rig.Events.All.Select(told => told.Kind).Where(kind => kind is BudgetEventKind.WaiverUsed or BudgetEventKind.WaiverEnded));
    }

    [Fact]
    public void Waiver_WithACap_LetsThroughNoMore()
    {
        BudgetPolicy policy = new()
        {
            Version = "1",
            Budgets = [Policies.Joules(10)],
            Waivers =
            [
                new Waiver { Id = "W-1", Rule = "b", Reason = "a migration.", ApprovedBy = "board", Expires = AdmissionRig.Start + TimeSpan.FromDays(1), CapMicrounits = 5_000_000 },
            ],
        };
        using AdmissionRig rig = new(policy);
        rig.Tick();
        for (int i = 0; i < 20; i++) rig.Spend(1);
        rig.Flush();
        Assert.Equal(15_000_000, rig.Status().Spent);
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(rig.Model).Verdict);
    }

    [Fact]
    public void MinTier_SpendIsModelled_OnlyWarns()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10, ladder: [Policies.Deny(1, MeasurementTier.Measured)])), tier: MeasurementTier.Modelled);
        for (int i = 0; i < 20; i++) Assert.True(rig.Spend(1).MayRun, $"Inference {i} must run.");
        rig.Flush();
        Admission admission = rig.Meter.TryAdmit(rig.Model);
        Assert.Equal(Verdict.Warn, admission.Verdict);
        Assert.Contains("not measured", admission.Reason, StringComparison.Ordinal);
        Assert.Equal(MeasurementTier.Modelled, rig.Status().Tier);
    }

    [Fact]
    public void Exempt_PriorityIsCritical_RunsAndIsCounted()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10, ladder: [Policies.Deny(1, null, "critical")])));
        for (int i = 0; i < 11; i++) rig.Spend(1);
        rig.Flush();
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(rig.Model).Verdict);
        AdmissionRequest critical = new(rig.Model) { Estimate = Energy.FromJoules(1), Priority = "critical" };
        Assert.Equal(Verdict.Allow, rig.Spend(1, critical).Verdict);
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Priority = "batch" }).Verdict);
        rig.Flush();
        Assert.Equal(11_000_000, rig.Status().Spent);
    }

    [Fact]
    public void Unmetered_NoFactor_IsCountedAndRefusedWhereThePolicySays()
    {
        BudgetDefinition grams = new()
        {
            Id = "b",
            Kind = BudgetKind.Emissions,
            LimitMicrounits = 1e6,
            Window = Policies.Month,
            Ladder = [Policies.Deny()],
        };
        using AdmissionRig rig = new(Policies.Of(grams), options: new GreenAIMeteringOptions());
        Assert.True(rig.Spend(1).MayRun);
        rig.Flush();
        Assert.Equal(1, rig.Status().Unmetered);
        Assert.Equal(0, rig.Status().Spent);
        using AdmissionRig strict = new(Policies.Of(new BudgetDefinition
        {
            Id = "b",
            Kind = BudgetKind.Emissions,
            LimitMicrounits = 1e6,
            Window = Policies.Month,
            Ladder = [Policies.Deny()],
            RefusesUnmetered = true,
        }), options: new GreenAIMeteringOptions());
        strict.Tick();
        Admission refused = strict.Meter.TryAdmit(strict.Model);
        Assert.Equal(Verdict.Deny, refused.Verdict);
        Assert.Contains("Carbon:Zone", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_ExchangedUnderWay_SettlesWithTheLeaseItReservedFrom()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10), Policies.Joules(10, id: "gone")));
        Admission admission = rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Estimate = Energy.FromJoules(4) });
        InferenceScope scope = rig.Meter.Begin(rig.Model, admission);
        LeasedAccount gone = rig.Meter.Budgets.Gate!.Generation!.Budgets[1].Account!;
        string hash = rig.Meter.Budgets.Policy!.Hash;
        rig.Meter.Budgets.Apply(new BudgetPolicy { Version = "2", Budgets = [Policies.Joules(20)] });
        Assert.NotEqual(hash, rig.Meter.TryAdmit(rig.Model).PolicyHash);
        Assert.Equal(hash, admission.PolicyHash);
        rig.Pass(3);
        scope.Complete();
        rig.Flush();
        Assert.Equal(3_000_000, rig.Status().Spent);
        Assert.Equal(20, rig.Status().Limit / 1e6);
        Assert.Equal(0, gone.Current.InFlight);
        Assert.Equal(0, gone.Spent);
        rig.Flush();
        Assert.True(gone.IsGone);
        Assert.Equal((0, 0), (gone.Balance!.Outstanding, gone.Current.Available));
        Assert.True(rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Estimate = Energy.FromJoules(16) }).MayRun);
    }

    [Fact]
    public void PerInference_MeanIsAboveTheLimit_Warns()
    {
        using AdmissionRig rig = new(Policies.Of(new BudgetDefinition
        {
            Id = "b",
            Kind = BudgetKind.EnergyPerInference,
            LimitMicrounits = 2e6,
            Window = new BudgetWindow { Type = BudgetWindowType.Rolling, Length = TimeSpan.FromMinutes(1) },
            Ladder = [Policies.Warn(1)],
        }));
        Assert.Equal(Verdict.Allow, rig.Spend(1).Verdict);
        Assert.Equal(Verdict.Allow, rig.Meter.CheckAdmission(rig.Model).Verdict);
        rig.Spend(5);
        Assert.Equal(Verdict.Warn, rig.Meter.CheckAdmission(rig.Model).Verdict);
        Assert.Equal(3e6, rig.Status().Spent, 3);
        rig.Time.Advance(TimeSpan.FromMinutes(2));
        rig.Tick();
        Assert.Equal(Verdict.Allow, rig.Meter.CheckAdmission(rig.Model).Verdict);
    }

    [Fact]
    public void Emissions_OfManyTinyInferences_AreChargedToTheMicrogram()
    {
        // 360 g/kWh: 0.1 µg a millijoule, so that not one of these comes to a microgram.
        using AdmissionRig rig = new(Policies.Of(new BudgetDefinition
        {
            Id = "b",
            Kind = BudgetKind.Emissions,
            LimitMicrounits = 1e9,
            Window = Policies.Month,
            Ladder = [Policies.Deny()],
        }));
        for (int i = 0; i < 1000; i++) rig.Spend(0.001);
        rig.Flush();
        Assert.Equal(100, rig.Status().Spent, 1.0);
    }

    [Fact]
    public void Host_CountsWhatIsOnNoBill_AndNothingTwice()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(1e6, new BudgetScope { Host = BudgetScope.Each }), Policies.Joules(1e6, id: "models")), idleWatts: 2);
        rig.Spend(10);
        rig.Pass(6);
        rig.Flush();
        EnergyTotals totals = rig.Meter.GetTotals();
        Assert.Equal(totals.Total.Microjoules, (long)rig.Status("b", "host=host-1").Spent);
        Assert.Equal(16_000_000, totals.Total.Microjoules);
        Assert.Equal(10_000_000, (long)rig.Status("models").Spent);
    }

    [Fact]
    public void Decisions_OfAllVerdicts_AreCountedForEachBudgetThatTheyFallUnder()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(1e3, id: "all"), Policies.Joules(10)));
        for (int i = 0; i < 11; i++) rig.Spend(1);
        rig.Flush();
        for (int i = 0; i < 5; i++) rig.Meter.TryAdmit(rig.Model);
        Dictionary<(string, Verdict), long> counts = rig.Meter.Budgets.Decisions().ToDictionary(row => (row.Budget, row.Verdict), row => row.Count);
        Assert.Equal(16, counts[("all", Verdict.Allow)]);
        Assert.Equal(10, counts[("b", Verdict.Allow)]);
        Assert.Equal(6, counts[("b", Verdict.Deny)]);
        rig.Meter.Budgets.Apply(new BudgetPolicy { Version = "2", Budgets = [Policies.Joules(10)] });
        rig.Meter.Budgets.Apply(new BudgetPolicy { Version = "3", Budgets = [Policies.Joules(11)] });
        rig.Meter.Budgets.Apply(new BudgetPolicy { Version = "4", Budgets = [Policies.Joules(12)] });
        Assert.Equal(6, rig.Meter.Budgets.Decisions().Single(row => row is { Budget: "b", Verdict: Verdict.Deny }).Count);
    }

    [Fact]
    public void Apply_WithoutOneOfManyBudgets_GivesBackWhatWasReservedFromIt()
    {
        BudgetDefinition[] budgets = [.. Enumerable.Range(0, 70).Select(i => Policies.Joules(10, id: $"b{i}"))];
        using AdmissionRig rig = new(Policies.Of(budgets));
        AdmissionRequest request = new(rig.Model) { Estimate = Energy.FromJoules(8) };
        InferenceScope scope = rig.Meter.Begin(rig.Model, rig.Meter.TryAdmit(request));
        rig.Meter.Budgets.Apply(new BudgetPolicy { Version = "2", Budgets = [.. budgets[..64], .. budgets[65..]] });
        rig.Pass(1);
        scope.Complete();
        rig.Tick();
        rig.Meter.Budgets.Apply(new BudgetPolicy { Version = "3", Budgets = budgets });
        Admission again = rig.Meter.TryAdmit(request);
        Assert.True(again.HoldsReservation, again.Reason);
    }

    [Theory]
    [InlineData(BudgetKind.Emissions, null, true)]
    [InlineData(BudgetKind.EmissionsPerInference, 360.0, true)]
    [InlineData(BudgetKind.Energy, null, false)]
    public void Policy_BudgetOfEmissionsWithoutAPlaceOrAPue_IsWarnedOfByName(BudgetKind kind, double? grams, bool isWarned)
    {
        GreenAIMeteringOptions options = new() { Carbon = { GramsPerKilowattHour = grams, Source = grams is null ? null : "test" } };
        BudgetDefinition budget = new() { Id = "grams", Kind = kind, LimitMicrounits = 1e6, Window = Policies.Month };
        using AdmissionRig rig = new(Policies.Of(budget), options: options);
        string[] warned = [.. rig.Logs.Lines.Where(line => line.Contains("refuse nothing", StringComparison.Ordinal))];
        Assert.Equal(isWarned, warned.Length == 1 && warned[0].Contains("(grams)", StringComparison.Ordinal));
    }
}
