using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>Uses up a budget of a minute, and waits for the next one.</summary>
internal sealed class BudgetPhase(EnergyMeter meter, PolicyText policy, IAnsiConsole console, TimeProvider time)
{
    // The budget shall be used up in this part of what is left of the minute: the machine may be busy with other things too.
    private const double Part = 0.5;

    // The more is reserved beyond what a request costs, the earlier the last of a budget is held back.
    private const double Reserve = 1.2;

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _least = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _probe = TimeSpan.FromSeconds(1);

    public VerdictTrail Trail { get; } = new(time);

    /// <summary>Drives the model through its budget and prints what happened.</summary>
    /// <returns>Whether there was energy to have a budget of.</returns>
    public async Task<bool> RunAsync(WorkloadModel large, WorkloadModel small, Workload workload, DigitSet rows, int batch, TimeSpan length)
    {
        BudgetDefinition budget = policy.BudgetOf(large.Name);
        if (await ModelPower.MeasureAsync(meter, large, workload, _probe, time) is not { } measured)
        {
            console.WriteLine("Budgets: no energy was seen that a budget could count; this part is left out.");
            return false;
        }

        TimeSpan left = Left();
        if (left < _least)
        {
            console.WriteLine(FormattableString.Invariant($"Budgets: this minute is nearly over; the budget of the next begins in {left.TotalSeconds:0} s."));
            await Task.Delay(left, time);
            left = Left();
        }

        TimeSpan use = left * Part < length ? left * Part : length;
        Energy limit = Energy.FromJoules(double.Round(measured.Power.Watts * use.TotalSeconds, 1, MidpointRounding.AwayFromZero) + 0.1);
        console.WriteLine(FormattableString.Invariant($"Budgets: the policy gives {large.Name} {SiText.Quantity(budget.LimitMicrounits / 1e6, "J")} a minute."));
        console.WriteLine(FormattableString.Invariant($"  Here it draws {SiText.Quantity(measured.Power.Watts, "W")} on one thread, so that the limit is fitted to this machine:"));
        console.WriteLine(FormattableString.Invariant($"  {SiText.Quantity(limit.Joules, "J")}, to be used up in some {use.TotalSeconds:0} s. Then the next minute is waited for."));
        meter.Budgets.Apply(policy.WithLimit(budget.Id, limit));
        BudgetStream stream = new(meter, large, small, rows, batch, time);
        await stream.RunAsync(Trail, Energy.FromJoules(measured.Inference.Joules * Reserve), left + _minute + _minute);
        await meter.SettleAsync();
        BudgetTable.Print(console, Trail.Changes, budget.Id);
        BudgetTable.Print(console, stream.Tally, large.Name, small.Name);
        BudgetTable.Print(console, meter.Budgets.Decisions());
        return true;
    }

    private TimeSpan Left() => _minute - TimeSpan.FromTicks(time.GetUtcNow().UtcTicks % _minute.Ticks);
}
