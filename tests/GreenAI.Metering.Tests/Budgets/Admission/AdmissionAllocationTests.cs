namespace GreenAI.Metering.Tests.Budgets;

public sealed class AdmissionAllocationTests
{
    private const int Repetitions = 100;

    private static readonly BudgetPolicy _policy = Policies.Of(
        Policies.Joules(1e9, id: "all", ladder: [Policies.Warn(0.5), Policies.Deny()]),
        Policies.Joules(1e9, new BudgetScope { Model = "large" }, "model"),
        Policies.Joules(1e9, new BudgetScope { Tenant = BudgetScope.Each }, "tenant"));

    [Fact]
    public void CheckAdmission_WarmedUp_AllocatesNothing()
    {
        using AdmissionRig rig = new(_policy);
        int may = 0;
        Zero(() => may += rig.Meter.CheckAdmission(rig.Model).MayRun ? 1 : 0);
        Assert.True(may > 0);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(true, "batch")]
    public void TryAdmit_GivenBack_AllocatesNothing(bool tenant, string? priority)
    {
        using AdmissionRig rig = new(_policy);
        AdmissionRequest request = Request(rig, tenant, priority);
        int reserved = 0;
        Zero(() =>
        {
            using Admission admission = rig.Meter.TryAdmit(request);
            reserved += admission.HoldsReservation ? 1 : 0;
        });
        Assert.True(reserved >= Repetitions * 4);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(true, "batch")]
    public void TryAdmit_BegunAndCompleted_AllocatesNothing(bool tenant, string? priority)
    {
        using AdmissionRig rig = new(_policy);
        AdmissionRequest request = Request(rig, tenant, priority);
        long completed = 0;
        Zero(() => completed += rig.Meter.Begin(request.Model, rig.Meter.TryAdmit(request)).Complete(1).Units);
        Assert.True(completed >= Repetitions * 4);
        rig.Pass(1);
        rig.Tick();
        Assert.Equal(completed, rig.Status("all").Inferences);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("batch")]
    public void TryAdmit_RefusedByAReservation_AllocatesNothing(string? priority)
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(1e6, id: "wide"), Policies.Joules(10, id: "narrow")));
        AdmissionRequest request = new(rig.Model) { Estimate = Energy.FromJoules(11), Priority = priority };
        int refused = 0;
        Zero(() => refused += rig.Meter.TryAdmit(request).Rule == "narrow" ? 1 : 0);
        Assert.True(refused >= Repetitions * 4);
    }

    [Fact]
    public void TryAdmit_RefusedByTheCachedVerdict_AllocatesNothing()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10)));
        rig.Spend(9.9);
        rig.Spend(1);
        rig.Tick();
        int refused = 0;
        Zero(() => refused += rig.Meter.TryAdmit(rig.Model).Verdict == Verdict.Deny ? 1 : 0);
        Assert.True(refused >= Repetitions * 4);
    }

    [Fact]
    public void Tick_With1000BudgetsAndFinishedRequests_AllocatesNothing()
    {
        using AdmissionRig rig = new(Policies.Of([.. Enumerable.Range(0, 1000).Select(Budget)]));
        AdmissionRequest request = Request(rig, tenant: true, "batch");
        var scopes = new InferenceScope[50];
        for (int tick = 0; tick < 20; tick++) Tick();
        Assert.Equal(0, AllocationAssert.Least(Tick));
        Assert.True(rig.Status("b0").Inferences >= 900, $"{rig.Status("b0").Inferences} requests are billed.");
        Assert.True(rig.Status("b0").Spent > 0);

        long Tick()
        {
            foreach (ref InferenceScope scope in scopes.AsSpan()) scope = rig.Meter.Begin(request.Model, rig.Meter.TryAdmit(request));
            rig.Pass(1, 0.1);
            foreach (InferenceScope scope in scopes) scope.Complete();
            long before = GC.GetAllocatedBytesForCurrentThread();
            rig.Meter.Engine.Tick();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static BudgetDefinition Budget(int i) => Policies.Joules(
        1e9,
        i < 4 ? new BudgetScope() : new BudgetScope { Model = $"model-{i}" },
        $"b{i}",
        [Policies.Warn(0.5), Policies.Degrade(0.9, "small"), Policies.Deny()],
        (i % 3) switch
        {
            0 => Policies.Month,
            1 => new BudgetWindow { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Day },
            _ => new BudgetWindow { Type = BudgetWindowType.Rolling, Length = TimeSpan.FromHours(1) },
        });

    private static AdmissionRequest Request(AdmissionRig rig, bool tenant, string? priority) => new(rig.Model)
    {
        Tenant = tenant ? rig.Meter.Tenant("acme") : default,
        Priority = priority,
    };

    private static void Zero(Action action) => AllocationAssert.Zero(() =>
    {
        for (int i = 0; i < Repetitions; i++) action();
    });
}
