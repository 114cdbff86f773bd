using BudgetVerdict = GreenAI.Metering.Verdict;

namespace GreenAI.Metering.Benchmarks;

/// <summary>The cached verdict, nothing reserved.</summary>
internal sealed class AdmissionCheckBar : RatioBar
{
    private readonly EnergyMeter _meter = BenchmarkMeter.Create(TimeProvider.System, policy: Budgeted.Policy);
    private readonly ModelHandle _model;
    private long _checked;

    public AdmissionCheckBar()
        : base("admission, cached", limit: 0.2) => _model = _meter.Model(Budgeted.Model);

    /// <inheritdoc />
    public override void Ours(int operations)
    {
        int may = 0;
        for (int i = 0; i < operations; i++)
        {
            if (_meter.CheckAdmission(_model).MayRun) may++;
        }

        _checked += may;
    }

    /// <inheritdoc />
    public override void Floor(int operations) => ClockFloor.Run(operations);

    /// <inheritdoc />
    public override void Dispose()
    {
        long counted = _checked == 0 ? 0 : _meter.Budgets.Gate!.Decisions.Read()["all"][(int)BudgetVerdict.Allow];
        if (counted != _checked) throw new InvalidOperationException($"{counted} of {_checked} decisions are counted.");
        _meter.Dispose();
    }
}
