namespace GreenAI.Metering.Tests.Budgets;

public sealed class UnaskedTenantTests
{
    [Fact]
    public void Begin_ForATenantWithoutAsking_IsChargedToItsBudget_AndCountsNoDecision()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(5, new BudgetScope { Tenant = BudgetScope.Each })));
        InferenceScope scope = rig.Meter.Begin(rig.Model, rig.Meter.Tenant("acme"));
        rig.Source.Burn(10, TimeSpan.FromSeconds(1));
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        scope.Complete();
        rig.Tick();
        rig.Tick();
        Assert.Equal(10_000_000, rig.Status(part: "tenant=acme").Spent);
        Assert.Empty(rig.Meter.Budgets.Decisions());
    }

    [Fact]
    public void Begin_ForATenantOfAnotherMeter_IsNobodysInParticular()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(5)));
        using AdmissionRig other = new(null);
        Assert.True(rig.Meter.Begin(rig.Model, other.Meter.Tenant("acme")).IsTracked);
        Assert.True(rig.Meter.Begin(rig.Model, default).IsTracked);
        Assert.True(other.Meter.Begin(other.Model, other.Meter.Tenant("acme")).IsTracked);
        Assert.False(rig.Meter.Begin(other.Model, rig.Meter.Tenant("acme")).IsTracked);
    }
}
