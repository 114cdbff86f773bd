using GreenAI.Metering.Tests.Carbon;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests.Budgets;

// Policies read again, periods, paths.
public sealed partial class AdmissionEdgeTests
{
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
}
