using GreenAI.Metering.Tests.Carbon;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests.Budgets;

/// <summary>Admission where it is easily wrong: dear requests, exemptions, delays, policies read again, periods, tiers, many tenants.</summary>
public sealed class AdmissionEdgeTests
{
    [Fact]
    public void DearRequest_IsRefused_CheapOnesStillRun()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(1000)));
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(Ask(rig, 1e6)).Verdict);
        using (Admission before = rig.Meter.TryAdmit(Ask(rig, 1))) Assert.True(before.MayRun, "Before the next close.");
        rig.Tick();
        Admission cheap = rig.Meter.TryAdmit(Ask(rig, 1));
        Assert.True(cheap.MayRun, $"Nothing is spent of 1000 J: {cheap.Reason}");
        for (int i = 0; i < 10; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            rig.Flush();
        }
    }

    [Fact]
    public void DearRequest_IsRefused_HowLongOthersAreRefused()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(1000)));
        rig.Meter.TryAdmit(Ask(rig, 1e12));
        rig.Tick();
        int seconds = 0;
        while (seconds < 600 && !rig.Meter.TryAdmit(Ask(rig, 1)).MayRun)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            rig.Flush();
            seconds++;
        }

        Assert.True(seconds < 2, $"Refused for {seconds} flushes.");
    }

    [Fact]
    public void Fleet_OneDearRequest_LeavesOthersSomething()
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        RemoteLedger ledger = new(time);
        using AdmissionRig one = new(Policies.Of(Policies.Joules(1000)), ledger, time: time), other = new(Policies.Of(Policies.Joules(1000)), ledger, time: time);
        one.Flush();
        one.Meter.TryAdmit(Ask(one, 1e6));
        one.Flush();
        other.Meter.TryAdmit(Ask(other, 20));
        other.Flush();
        Admission admission = other.Meter.TryAdmit(Ask(other, 20));
        Assert.True(admission.MayRun, $"Nothing is spent of 1000 J, and one process asked for more than there is: {admission.Reason}");
    }

    [Fact]
    public void Exempt_AfterOthersWereRefusedByReservation_StillRuns()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10, ladder: [Policies.Deny(1, null, "critical")])));
        Admission held = rig.Meter.TryAdmit(Ask(rig, 8));
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(Ask(rig, 8)).Verdict);
        Assert.True(rig.Meter.TryAdmit(Ask(rig, 8, "critical")).MayRun, "Before the close.");
        rig.Tick();
        Admission critical = rig.Meter.TryAdmit(Ask(rig, 8, "critical"));
        Assert.True(critical.MayRun, critical.Reason);
        held.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Exempt_FromOneBudgetOnly_IsRefusedByTheOther(bool exemptFirst)
    {
        BudgetDefinition exempts = Policies.Joules(10, id: "exempts", ladder: [Policies.Deny(1, null, "critical")]), strict = Policies.Joules(10, id: "strict");
        using AdmissionRig rig = new(exemptFirst ? Policies.Of(exempts, strict) : Policies.Of(strict, exempts));
        Admission held = rig.Meter.TryAdmit(Ask(rig, 8));
        Assert.True(held.HoldsReservation);
        Admission critical = rig.Meter.TryAdmit(Ask(rig, 8, "critical"));
        Assert.Equal((Verdict.Deny, "strict"), (critical.Verdict, critical.Rule));
    }

    [Fact]
    public void Delay_InForceForAMinute_StillSaysToWait()
    {
        LadderStep delay = Policies.Step(0.1, new BudgetAction { Verdict = Verdict.Delay, RetryAfter = TimeSpan.FromSeconds(30) });
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100, ladder: [delay])));
        rig.Spend(20);
        rig.Tick();
        Assert.Equal(30, rig.Meter.TryAdmit(rig.Model).RetryAfter!.Value.TotalSeconds, 1.0);
        for (int i = 0; i < 60; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            rig.Tick();
        }

        Admission later = rig.Meter.TryAdmit(rig.Model);
        Assert.Equal(Verdict.Delay, later.Verdict);
        Assert.InRange(later.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task AdmitAsync_PolicySaysDelay_AnswersAtOnce()
    {
        LadderStep delay = Policies.Step(0.1, new BudgetAction { Verdict = Verdict.Delay, RetryAfter = TimeSpan.FromSeconds(30) });
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100, ladder: [delay])));
        rig.Spend(20);
        rig.Tick();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        CancellationToken token = patience.Token;
        Admission admission = await Task.Run(async () => await rig.Meter.AdmitAsync(new AdmissionRequest(rig.Model), token), TestContext.Current.CancellationToken);
        Assert.Equal(Verdict.Delay, admission.Verdict);
    }

    [Fact]
    public async Task AdmitAsync_LedgerFailsAtOnce_DoesNotHammerIt()
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        RemoteLedger ledger = new(time);
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100)), ledger, time: time);
        rig.Flush();
        ledger.IsDown = true;
        int before = ledger.Exchanges;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await rig.Meter.AdmitAsync(Ask(rig, 50), patience.Token));
        Assert.True(ledger.Exchanges - before < 10, $"One request asked {ledger.Exchanges - before} times in 300 ms.");
    }

    [Fact]
    public void Policy_Reloaded_KeepsTheVerdict()
    {
        BudgetDefinition budget = Policies.Joules(100, ladder: [Policies.Degrade(0.5, "small"), Policies.Deny()]);
        using AdmissionRig rig = new(Policies.Of(budget));
        rig.Spend(60);
        rig.Tick();
        Assert.Equal(Verdict.Degrade, rig.Meter.TryAdmit(Ask(rig, 1)).Verdict);
        rig.Meter.Budgets.Apply(new BudgetPolicy { Version = "2", Budgets = [budget] });
        Assert.Equal(Verdict.Degrade, rig.Meter.TryAdmit(Ask(rig, 1)).Verdict);
    }

    [Fact]
    public void Policy_Reloaded_KeepsDwellAndHysteresis()
    {
        LadderStep step = new() { At = 0.5, Clear = 0.1, Dwell = TimeSpan.FromHours(1), Action = new BudgetAction { Verdict = Verdict.Deny } };
        BudgetDefinition budget = Policies.Joules(100, ladder: [step], window: new BudgetWindow { Type = BudgetWindowType.Rolling, Length = TimeSpan.FromMinutes(1) });
        using AdmissionRig rig = new(Policies.Of(budget));
        rig.Meter.Begin(rig.Model).Complete();
        InferenceScope scope = rig.Meter.Begin(rig.Model);
        rig.Pass(60);
        scope.Complete();
        rig.Flush();
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(Ask(rig, 0.001)).Verdict);
        rig.Time.Advance(TimeSpan.FromMinutes(2));
        rig.Flush();
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(Ask(rig, 0.001)).Verdict);
        rig.Meter.Budgets.Apply(new BudgetPolicy { Version = "2", Budgets = [budget] });
        rig.Flush();
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(Ask(rig, 0.001)).Verdict);
    }

    [Fact]
    public void Policy_Reloaded_KeepsTheMeanOfTheWindow()
    {
        BudgetDefinition budget = new()
        {
            Id = "b",
            Kind = BudgetKind.EnergyPerInference,
            LimitMicrounits = 2e6,
            Window = Policies.Month,
            Ladder = [Policies.Deny()],
        };
        using AdmissionRig rig = new(Policies.Of(budget));
        rig.Spend(5);
        rig.Tick();
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(rig.Model).Verdict);
        rig.Meter.Budgets.Apply(new BudgetPolicy { Version = "2", Budgets = [budget] });
        rig.Flush();
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(rig.Model).Verdict);
    }

    [Fact]
    public void Policy_FileIsRestored_NoProblemIsLeft()
    {
        string folder = Directory.CreateTempSubdirectory("greenai-edge-").FullName, file = Path.Combine(folder, "policy.json");
        const string valid = """
            { "version": "1", "budgets": [ { "id": "b", "kind": "energy", "limit": { "value": 10, "unit": "J" },
              "window": { "type": "calendar", "unit": "month" }, "ladder": [ { "at": 1, "do": "deny" } ] } ] }
            """;
        File.WriteAllText(file, valid);
        GreenAIMeteringOptions options = CarbonRigs.Constant(360, 1);
        options.Budgets.PolicyFile = file;
        using AdmissionRig rig = new(null, options: options);
        File.WriteAllText(file, valid.Replace("10", "0", StringComparison.Ordinal));
        for (int i = 0; i < 4; i++) rig.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.NotNull(rig.Meter.Budgets.PolicyProblem);
        File.WriteAllText(file, valid);
        for (int i = 0; i < 4; i++) rig.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(rig.Meter.Budgets.PolicyProblem);
    }

    [Fact]
    public void Policy_OldAdmissionBegunWithAnotherModel_LeavesTheNewWindow()
    {
        var scope = new BudgetScope { Model = BudgetScope.Each, Tenant = BudgetScope.Each };
        var day = new BudgetWindow { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Day };
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10, scope)));
        TenantHandle acme = rig.Meter.Tenant("acme");
        ModelHandle small = rig.Meter.Model("small");
        Admission old = rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Tenant = acme });
        rig.Meter.Budgets.Apply(Policies.Of(Policies.Joules(10, scope, window: day)));
        rig.Meter.TryAdmit(new AdmissionRequest(small) { Tenant = acme }).Dispose();
        LeasedAccount account = rig.Meter.Budgets.Gate!.Generation!.Budgets.Single(book => book.Part == "model=small,tenant=acme").Account!;
        Assert.Equal(CalendarUnit.Day, account.Account.Window.Unit);
        rig.Meter.Begin(small, old).Complete();
        rig.Flush();
        rig.Flush();
        Assert.Equal(CalendarUnit.Day, account.Account.Window.Unit);
    }

    [Fact]
    public void Policy_BudgetIsRemoved_ItsLeaseGoesBack()
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        RemoteLedger ledger = new(time);
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10), Policies.Joules(1000, id: "gone")), ledger, time: time);
        rig.Flush();
        LedgerAccount gone = rig.Meter.Budgets.Gate!.Generation!.Budgets[1].Account!.Account;
        rig.Meter.Budgets.Apply(new BudgetPolicy { Version = "2", Budgets = [Policies.Joules(10)] });
        for (int i = 0; i < 120; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            rig.Flush();
        }

        LedgerBalance balance = ledger.ReadAsync(gone, CancellationToken.None).Result!;
        Assert.Equal((0, 0), (balance.Holders, balance.Outstanding));
    }

    [Fact]
    public void NamedTenant_RegisteredAfterTooManyOthers_IsStillHeldToItsBudget()
    {
        GreenAIMeteringOptions options = CarbonRigs.Constant(360, 1);
        options.Budgets.MaxTenants = 2;
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10, new BudgetScope { Tenant = "acme" })), options: options);
        rig.Meter.Tenant("a");
        rig.Meter.Tenant("b");
        TenantHandle acme = rig.Meter.Tenant("acme");
        rig.Spend(3, new AdmissionRequest(rig.Model) { Tenant = acme, Estimate = Energy.FromJoules(3) });
        rig.Flush();
        Assert.Equal(3_000_000, rig.Status().Spent);
    }

    [Fact]
    public void HostAndModel_IdleShareIsCharged()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(1e6, new BudgetScope { Host = BudgetScope.Each, Model = "large" }), Policies.Joules(1e6, new BudgetScope { Model = "large" }, id: "model")), idleWatts: 2);
        rig.Spend(10);
        rig.Flush();
        Assert.Equal(10_000_000, rig.Status("model").Spent);
        Assert.Equal(10_000_000, rig.Status("b", "host=host-1").Spent);
    }

    [Fact]
    public void Tier_IdleOnlyBillOfAMeasuredDevice_IsMeasured()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10, ladder: [Policies.Deny(1, MeasurementTier.Measured)])), idleWatts: 2);
        for (int i = 0; i < 8; i++) rig.Spend(2);
        rig.Flush();
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(rig.Model).Verdict);
        Assert.Equal(MeasurementTier.Measured, rig.Status().Tier);
    }

    [Fact]
    public void Tier_HostOverheadOfAModelledDevice_IsModelled()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10, new BudgetScope { Host = BudgetScope.Each }, ladder: [Policies.Deny(1, MeasurementTier.Measured)])), idleWatts: 2, tier: MeasurementTier.Modelled);
        for (int i = 0; i < 8; i++) rig.Pass(2);
        rig.Flush();
        Assert.Equal(MeasurementTier.Modelled, rig.Status("b", "host=host-1").Tier);
    }

    [Fact]
    public void Period_LedgersClockIsBehind_TheOldSpendTripsNothingInTheNewOne()
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        var theirs = new FakeTimeProvider(AdmissionRig.Start - TimeSpan.FromSeconds(2));
        RemoteLedger ledger = new(theirs);
        LadderStep deny = new() { At = 1, Dwell = TimeSpan.FromHours(12), Action = new BudgetAction { Verdict = Verdict.Deny } };
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10, ladder: [deny])), ledger, time: time);
        InferenceScope scope = rig.Meter.Begin(rig.Model);
        rig.Pass(11);
        theirs.Advance(TimeSpan.FromSeconds(1));
        scope.Complete();
        rig.Flush();
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(rig.Model).Verdict);
        TimeSpan left = new DateTimeOffset(2026, 12, 1, 0, 0, 0, 500, TimeSpan.Zero) - time.GetUtcNow();
        time.Advance(left);
        theirs.Advance(left);
        rig.Flush();
        for (int i = 0; i < 10; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            theirs.Advance(TimeSpan.FromSeconds(1));
            rig.Flush();
        }

        Assert.Equal(0, rig.Status().Spent);
        Admission admission = rig.Meter.TryAdmit(Ask(rig, 0.001));
        Assert.True(admission.Verdict != Verdict.Deny, admission.Reason);
    }

    [Fact]
    public void Rolling_InferencesOfThePeriod_RollToo()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100, window: new BudgetWindow { Type = BudgetWindowType.Rolling, Length = TimeSpan.FromMinutes(1) })));
        rig.Spend(1);
        rig.Flush();
        rig.Time.Advance(TimeSpan.FromMinutes(3));
        rig.Flush();
        Assert.Equal(0, rig.Status().Spent);
        Assert.Equal(0, rig.Status().Inferences);
    }

    [Fact]
    public void Estimate_BeyondAllReason_IsRefusedAndThrowsNothing()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10)));
        Admission admission = rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Estimate = Energy.FromMicrojoules(long.MaxValue) });
        Assert.Equal(Verdict.Deny, admission.Verdict);
    }

    [Fact]
    public void Estimate_BeyondAllReason_DoesNotStopTheExchangeOfOtherBudgets()
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        RemoteLedger ledger = new(time);
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10), Policies.Joules(10, new BudgetScope { Model = "small" }, id: "other")), ledger, time: time);
        rig.Flush();
        rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Estimate = Energy.FromMicrojoules(long.MaxValue) });
        rig.Flush();
        rig.Meter.DisposeAsync().AsTask().Wait(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(rig.Events.All, told => told.Kind == BudgetEventKind.LedgerLost);
    }

    [Fact]
    public void Memory_OfManyTenantsAndModels_IsBounded()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(1e6), Policies.Joules(1e6, new BudgetScope { Tenant = BudgetScope.Each }, id: "t")));
        ModelHandle[] models = [.. Enumerable.Range(0, 8).Select(i => rig.Meter.Model($"m{i}"))];
        TenantHandle[] tenants = [.. Enumerable.Range(0, 1000).Select(i => rig.Meter.Tenant($"t{i}"))];
        long before = GC.GetTotalMemory(true);
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        foreach (ModelHandle model in models)
        {
            foreach (TenantHandle tenant in tenants) rig.Meter.TryAdmit(new AdmissionRequest(model) { Tenant = tenant }).Dispose();
        }

        double made = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        long bytes = GC.GetTotalMemory(true) - before;
        start = System.Diagnostics.Stopwatch.GetTimestamp();
        rig.Meter.Budgets.Beat();
        double beat = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        rig.Tick();
        start = System.Diagnostics.Stopwatch.GetTimestamp();
        foreach (AdmissionPath path in rig.Meter.Budgets.Gate!.Generation!.Paths) path.Restate();
        double restate = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = System.Diagnostics.Stopwatch.GetTimestamp();
        rig.Tick();
        double tick = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        long after = GC.GetTotalMemory(true) - before;
        Assert.True(after < 20e6, $"8,000 paths: {bytes / 1e6:F1} MB, {after / 1e6:F1} MB after a beat; made in {made:F0} ms, a beat {beat:F0} ms, restating all {restate:F0} ms, a tick of 1,001 budgets {tick:F1} ms.");
    }

    [Fact]
    public void Burn_InANewPeriod_CountsTheInferencesOfTheNewOne()
    {
        BurnRule burn = new() { Long = TimeSpan.FromMinutes(5), Short = TimeSpan.FromMinutes(1), Factor = 1, MinInferences = 5, Action = new BudgetAction { Verdict = Verdict.Warn } };
        BudgetDefinition budget = Policies.Joules(1e6);
        using AdmissionRig rig = new(Policies.Of(new BudgetDefinition
        {
            Id = budget.Id,
            Kind = budget.Kind,
            LimitMicrounits = budget.LimitMicrounits,
            Window = budget.Window,
            Ladder = budget.Ladder,
            Burn = [burn],
        }));
        for (int i = 0; i < 200; i++) rig.Spend(1);
        Assert.Equal(Verdict.Warn, rig.Meter.CheckAdmission(rig.Model).Verdict);
        rig.Time.Advance(TimeSpan.FromMinutes(20));
        rig.Flush();
        Assert.Equal(Verdict.Allow, rig.Meter.CheckAdmission(rig.Model).Verdict);
        rig.Time.Advance(new DateTimeOffset(2026, 12, 1, 0, 0, 1, TimeSpan.Zero) - rig.Time.GetUtcNow());
        rig.Flush();
        for (int i = 0; i < 150; i++)
        {
            rig.Spend(1);
            rig.Flush();
        }

        Assert.True(rig.Status().BurnRates[0].Rate > 1, "It burns.");
        Assert.Equal(Verdict.Warn, rig.Meter.CheckAdmission(rig.Model).Verdict);
    }

    [Fact]
    public void Exempt_FromTheFirstOfTwoDenials_RunsUpToTheSecond()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10, ladder: [Policies.Deny(1, null, "critical"), Policies.Deny(2)])));
        for (int i = 0; i < 10; i++) rig.Spend(1);
        rig.Flush();
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(Ask(rig, 1)).Verdict);
        Admission critical = rig.Meter.TryAdmit(Ask(rig, 1, "critical"));
        Assert.True(critical.MayRun, $"10 J of the 20 J at which it is denied: {critical.Reason}");
    }

    [Fact]
    public void Reservation_GivenBack_OthersRunAtOnce()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10)));
        Admission held = rig.Meter.TryAdmit(Ask(rig, 8));
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(Ask(rig, 8)).Verdict);
        held.Dispose();
        rig.Tick();
        Admission next = rig.Meter.TryAdmit(Ask(rig, 8));
        Assert.True(next.MayRun, $"Nothing is spent, nothing is reserved: {next.Reason}");
    }

    [Fact]
    public async Task AdmitAsync_ManyWait_ShareAnExchange()
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        RemoteLedger ledger = new(time);
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100)), ledger, time: time);
        rig.Flush();
        int before = ledger.Exchanges;
        Admission[] all = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => rig.Meter.AdmitAsync(Ask(rig, 0.2), TestContext.Current.CancellationToken).AsTask()));
        Assert.All(all, admission => Assert.True(admission.HoldsReservation));
        // A lease is a hundredth of the budget and has room for five of them: some forty at least.
        Assert.True(ledger.Exchanges - before <= 100, $"200 requests asked the ledger {ledger.Exchanges - before} times.");
    }

    [Fact]
    public void Unmetered_Refused_DoesNotFlap()
    {
        GreenAIMeteringOptions options = CarbonRigs.Constant(360, 1);
        options.Models = new Dictionary<string, ModelOptions>(StringComparer.Ordinal) { ["large"] = new() { Devices = ["nothing"] } };
        BudgetDefinition budget = Policies.Joules(1000);
        using AdmissionRig rig = new(Policies.Of(new BudgetDefinition
        {
            Id = budget.Id,
            Kind = budget.Kind,
            LimitMicrounits = budget.LimitMicrounits,
            Window = budget.Window,
            Ladder = budget.Ladder,
            RefusesUnmetered = true,
        }), options: options);
        int ran = 0;
        for (int i = 0; i < 50; i++)
        {
            if (rig.Spend(1).MayRun) ran++;
        }

        rig.Meter.DisposeAsync().AsTask().Wait(TestContext.Current.CancellationToken);
        int told = rig.Events.All.Count(told => told.Kind == BudgetEventKind.VerdictChanged);
        Assert.True(ran < 5 && told < 5, $"{ran} of 50 ran, the verdict changed {told} times; unmetered {rig.Status().Unmetered}.");
    }

    [Fact]
    public void Degrade_NearTheLimit_AdmitsNoMoreThanFits()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100, ladder: [Policies.Degrade(0.5, "small"), Policies.Deny()])));
        ModelHandle small = rig.Meter.Model("small");
        rig.Spend(60);
        rig.Flush();
        List<InferenceScope> running = [];
        for (int i = 0; i < 20; i++)
        {
            using Admission large = rig.Meter.TryAdmit(Ask(rig, 10));
            // What a careful host does: it asks for the cheaper model too.
            Admission asked = rig.Meter.TryAdmit(new AdmissionRequest(small) { Estimate = Energy.FromJoules(10) });
            if (asked.MayRun) running.Add(rig.Meter.Begin(small, asked));
        }

        rig.Pass(10.0 * running.Count);
        foreach (InferenceScope scope in running) scope.Complete();
        rig.Flush();
        Assert.True(rig.Status().Spent <= 100e6, $"{running.Count} of 10 J ran where 40 J are left: {rig.Status().Spent / 1e6} J of 100 J spent.");
    }

    [Fact]
    public void PerInference_BurnDown_IsOfTheMean()
    {
        using AdmissionRig rig = new(Policies.Of(Mean(2, new BudgetWindow { Type = BudgetWindowType.Rolling, Length = TimeSpan.FromHours(1) })));
        for (int i = 0; i < 50; i++) rig.Spend(1);
        rig.Time.Advance(TimeSpan.FromMinutes(2));
        rig.Tick();
        Assert.Equal(1e6, rig.Status().Remaining, 3);
        Assert.Equal(1e6, rig.Status().BurnDown[^1].Remaining, 3);
    }

    [Fact]
    public void Path_MadeWhileAVerdictChanges_IsNotLeftBehind()
    {
        var time = new HookedTime(AdmissionRig.Start);
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100, ladder: [Policies.Warn(0.1), Policies.Degrade(0.5, "small")])), time: time);
        rig.Spend(20);
        rig.Tick();
        InferenceScope scope = rig.Meter.Begin(rig.Model);
        rig.Pass(40);
        scope.Complete();
        AdmissionRequest request = new(rig.Model) { Tenant = rig.Meter.Tenant("acme"), Estimate = Energy.FromMicrojoules(1) };
        time.OnThisThreadAfter(2, () => Task.Run(rig.Tick).Wait(TimeSpan.FromSeconds(10)));
        rig.Meter.TryAdmit(request).Dispose();
        for (int i = 0; i < 5; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            rig.Flush();
        }

        Assert.Equal(Verdict.Degrade, rig.Meter.TryAdmit(rig.Model).Verdict);
        Assert.Equal(Verdict.Degrade, rig.Meter.TryAdmit(request).Verdict);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Refusal_OfAStreamOfRequests_AllocatesNothing(bool isRemote)
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100)), isRemote ? new RemoteLedger(time) : null, time: time);
        rig.Flush();
        AdmissionRequest request = Ask(rig, 500);
        rig.Meter.TryAdmit(request);
        Assert.False(rig.Meter.TryAdmit(request).MayRun);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) rig.Meter.TryAdmit(request);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(bytes < 10_000, $"{bytes / 1000} B a refusal.");
    }

    [Fact]
    public void Decisions_OfAPolicyThatIsReplacedTwiceWithinASecond_AreTold()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10)));
        for (int i = 0; i < 5; i++) Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(Ask(rig, 50)).Verdict);
        rig.Meter.Budgets.Apply(new BudgetPolicy { Version = "2", Budgets = [Policies.Joules(20)] });
        rig.Meter.Budgets.Apply(new BudgetPolicy { Version = "3", Budgets = [Policies.Joules(30)] });
        rig.Meter.Budgets.Beat();
        rig.Meter.DisposeAsync().AsTask().Wait(TestContext.Current.CancellationToken);
        Assert.Equal(5, rig.Events.All.Where(told => told is { Kind: BudgetEventKind.Decisions, Verdict: Verdict.Deny }).Sum(told => told.Count));
    }

    [Fact]
    public void Embodied_OfATenantsInferences_IsRefusedByThePolicy()
    {
        PolicyFormatException refused = Assert.Throws<PolicyFormatException>(() => new AdmissionRig(Policies.Of(Embodied("all", new BudgetScope()), Embodied("tenant", new BudgetScope { Tenant = "acme" }))));
        Assert.Equal("$.budgets[1].include", refused.Path);
    }

    [Fact]
    public void Embodied_OfAllInferences_IsChargedAsItFallsDue()
    {
        GreenAIMeteringOptions options = CarbonRigs.Constant(360, 1);
        options.Carbon.Embodied = new Dictionary<string, EmbodiedOptions>(StringComparer.Ordinal) { ["box"] = new() { KilogramsCO2e = 1e6, Source = "test", LifespanYears = 1 } };
        using AdmissionRig rig = new(Policies.Of(Embodied("all", new BudgetScope())), options: options);
        rig.Spend(1);
        rig.Flush();
        // 1e6 kg a year of 8,760 h: 31.7 g a second, and the inference took one.
        Assert.InRange(rig.Status("all").Spent, 31.6e6, 31.8e6);
    }

    private static BudgetDefinition Embodied(string id, BudgetScope scope) => new()
    {
        Id = id,
        Scope = scope,
        Kind = BudgetKind.Emissions,
        LimitMicrounits = 1e15,
        Window = Policies.Month,
        IncludesOperational = false,
        IncludesEmbodied = true,
        Ladder = [Policies.Deny()],
    };

    private static BudgetDefinition Mean(double joules, BudgetWindow window) => new()
    {
        Id = "b",
        Kind = BudgetKind.EnergyPerInference,
        LimitMicrounits = joules * 1e6,
        Window = window,
        Ladder = [Policies.Deny()],
    };

    private sealed class HookedTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private Action? _hook;
        private int _thread;
        private int _left;

        public void OnThisThreadAfter(int calls, Action hook) => (_thread, _left, _hook) = (Environment.CurrentManagedThreadId, calls, hook);

        public override long GetTimestamp()
        {
            if (_hook is { } hook && Environment.CurrentManagedThreadId == _thread && --_left == 0)
            {
                _hook = null;
                hook();
            }

            return base.GetTimestamp();
        }
    }

    private static AdmissionRequest Ask(AdmissionRig rig, double joules, string? priority = null) => new(rig.Model) { Estimate = Energy.FromJoules(joules), Priority = priority };
}
