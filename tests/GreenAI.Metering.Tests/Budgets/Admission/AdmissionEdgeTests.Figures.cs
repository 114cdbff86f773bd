using GreenAI.Metering.Tests.Carbon;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests.Budgets;

// What is charged, and of which tier.
public sealed partial class AdmissionEdgeTests
{
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

    private static BudgetDefinition Mean(double joules, BudgetWindow window) => new()
    {
        Id = "b",
        Kind = BudgetKind.EnergyPerInference,
        LimitMicrounits = joules * 1e6,
        Window = window,
        Ladder = [Policies.Deny()],
    };

    [Fact]
    public void UsedUp_TheLedgersPeriodEndsBeforeTheClockSaysSo_NextPeriodBeginsAllowed()
    {
        DateTimeOffset end = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        SlowWallClock time = new(AdmissionRig.Start);
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10, ladder: [Policies.Warn(0.5), Policies.Degrade(0.75, "small"), Policies.Deny()])), time: time);
        rig.Spend(9.95);
        rig.Flush();
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(Ask(rig, 1)).Verdict);
        rig.Flush();
        Assert.Equal(Verdict.Deny, rig.Status().Verdict);

        // By the clock that runs evenly the period is over; the wall clock is a moment behind.
        rig.Time.Advance(end - rig.Time.GetUtcNow() - TimeSpan.FromMilliseconds(5));
        time.Behind = TimeSpan.FromMilliseconds(20);
        rig.Tick();
        rig.Time.Advance(TimeSpan.FromMilliseconds(10));
        rig.Flush();
        rig.Flush();

        Assert.True(rig.Meter.TryAdmit(Ask(rig, 1)).MayRun, "Nothing is spent of the new period.");
        Assert.Equal(Verdict.Allow, rig.Status().Verdict);
    }

    /// <summary>A wall clock that can fall behind the clock that runs evenly, as one does that is set or slowed down.</summary>
    private sealed class SlowWallClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        public TimeSpan Behind { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + Behind.Ticks;
    }
}
