using GreenAI.Metering.Checks;

namespace GreenAI.Metering.AllocationTests;

/// <summary>The same requests under a policy: each is admitted with a reservation from the budgets of all, of its model and of its tenant.</summary>
internal static class Budgeted
{
    private const double Limit = 1e15;

    public static async Task CheckAsync(CheckList checks, int warmUpRequests, int requests, Leak measured)
    {
        using Rig rig = new(new BudgetPolicy
        {
            Version = "1",
            Budgets = [Budget("all", new BudgetScope()), Budget("model", new BudgetScope { Model = BudgetScope.Each }), Budget("tenant", new BudgetScope { Tenant = BudgetScope.Each })],
        });
        rig.GrowPool();
        rig.Run(warmUpRequests, Leak.None);
        await rig.Meter.SettleAsync();
        Round round = rig.Run(requests, measured);
        checks.Equal(0, round.CallerBytes, $"budgets: callers allocate 0 bytes in {requests} requests");
        checks.Equal(0, round.SamplerBytes, "budgets: the sampler allocates 0 bytes");
        // The ledger is told each second, on a task of its own: some kilobytes, however many requests there were.
        checks.That(round.ProcessBytes < requests / 4, "budgets: the whole process allocates next to nothing", $"{round}");
        checks.That(round.Ticks >= 20, "budgets: the sampler was at work", $"{round.Ticks} samplings");

        EnergyTotals totals = await rig.Meter.SettleAsync();
        checks.Equal(rig.Requests, totals.Models.Sum(model => model.Inferences), "budgets: every request is billed once");
        IReadOnlyList<BudgetStatus> status = rig.Meter.Budgets.Status();
        BudgetStatus all = status.Single(budget => budget.Budget == "all");
        checks.Equal(rig.Requests, all.Inferences, "budgets: every request is charged once");
        checks.Equal(rig.Requests, status.Where(budget => budget.Budget == "model").Sum(budget => budget.Inferences), "budgets: every request is charged to its model");
        long admitted = warmUpRequests + requests;
        checks.Equal(admitted / RequestMix.Cycle * (RequestMix.Cycle - 1), status.Where(budget => budget.Budget == "tenant").Sum(budget => budget.Inferences), "budgets: every request of a tenant is charged to it");
        checks.That(all.Spent > 0, "budgets: the energy is charged", $"{all.Spent}");
        checks.Equal(Verdict.Allow, rig.Meter.CheckAdmission(rig.Meter.Model("model-a")).Verdict, "budgets: nothing was refused");
    }

    private static BudgetDefinition Budget(string id, BudgetScope scope) => new()
    {
        Id = id,
        Kind = BudgetKind.Energy,
        LimitMicrounits = Limit,
        Scope = scope,
        Window = new BudgetWindow { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Month },
        Ladder = [new LadderStep { At = 1, Action = new BudgetAction { Verdict = Verdict.Deny } }],
    };
}
