using System.Diagnostics.Metrics;

namespace GreenAI.Metering;

/// <summary>The instruments of budgets. Read from where budgets stood at the last close; without a policy they have no rows.</summary>
internal sealed class BudgetMetrics
{
    private readonly MeterBudgets _budgets;

    public BudgetMetrics(Meter meter, MeterBudgets budgets)
    {
        _budgets = budgets;
        Create(meter, InstrumentNames.CarbonBudgetLimit, InstrumentNames.EnergyBudgetLimit, status => status.Limit, "Limit of the budget's window, with what was carried over.");
        // Rates are taken of the spend: a 0 that only means that the ledger was not heard yet would become a month's spend in an instant.
        Create(meter, InstrumentNames.CarbonBudgetSpent, InstrumentNames.EnergyBudgetSpent, status => status.IsSpendKnown ? status.Spent : null, "Spent in the budget's window, by the whole fleet where the ledger is shared.");
        Create(meter, InstrumentNames.CarbonBudgetRemaining, InstrumentNames.EnergyBudgetRemaining, status => status.IsSpendKnown ? status.Remaining : null, "Left of the budget; below zero when it is overspent.");
        Create(meter, InstrumentNames.CarbonBudgetForecast, InstrumentNames.EnergyBudgetForecast, status => status.IsSpendKnown ? status.Forecast : null, "Spent at the end of the window if it goes on like this.");
        meter.CreateObservableGauge(InstrumentNames.BudgetPeriod, Periods, "s", "Length of the budget's window.");
        meter.CreateObservableGauge(InstrumentNames.BudgetBurnRate, BurnRates, "1", "Spend per time against the pace that uses the budget up at the end of its window.");
        meter.CreateObservableCounter(InstrumentNames.BudgetDecisions, Decisions, "{decision}", "Admissions of inferences that fall under the budget, by verdict.");
        meter.CreateObservableGauge(InstrumentNames.BudgetLedgerReachable, Ledgers, "1", "1 while the budget's ledger answers, 0 while it does not.");
        meter.CreateObservableCounter(InstrumentNames.BudgetAuditLost, AuditLost, "{event}", "Events that the audit log lost: its queue was full, or its disk failed.");
        meter.CreateObservableGauge(InstrumentNames.BaselineEnergyPerInference, Baselines, "J", "Baseline of the energy of an inference, where the policy states one.");
    }

    private void Create(Meter meter, string carbon, string energy, Func<BudgetStatus, double?> value, string description)
    {
        meter.CreateObservableGauge(carbon, () => Amounts(isEnergy: false, value), "g", description);
        meter.CreateObservableGauge(energy, () => Amounts(isEnergy: true, value), "J", description);
    }

    private List<Measurement<double>> Amounts(bool isEnergy, Func<BudgetStatus, double?> value)
    {
        var rows = new List<Measurement<double>>();
        foreach (BudgetStatus status in _budgets.Latest())
        {
            bool energy = status.Kind is BudgetKind.Energy or BudgetKind.EnergyPerInference;
            if (energy == isEnergy && value(status) is { } amount) rows.Add(new Measurement<double>(amount / 1e6, Budget(status)));
        }

        return rows;
    }

    // Kind and window tell whether the spend is a sum that begins anew with each period: only then is its rate a pace.
    private List<Measurement<double>> Periods()
    {
        var rows = new List<Measurement<double>>();
        IReadOnlyList<BudgetDefinition> definitions = _budgets.Policy?.Budgets ?? [];
        foreach (BudgetStatus status in _budgets.Latest())
        {
            if (status.PeriodEnd == DateTimeOffset.MaxValue) continue;
            // A policy that came into force in between does not know the budget any more.
            if (definitions.FirstOrDefault(definition => definition.Id == status.Budget) is not { } budget) continue;
            rows.Add(new Measurement<double>(
                (status.PeriodEnd - status.PeriodStart).TotalSeconds,
                Budget(status),
                new(InstrumentNames.BudgetKind, PolicyWords.Kinds.Of(budget.Kind)),
                new(InstrumentNames.BudgetWindow, PolicyWords.Windows.Of(budget.Window.Type))));
        }

        return rows;
    }

    private List<Measurement<double>> BurnRates()
    {
        var rows = new List<Measurement<double>>();
        foreach (BudgetStatus status in _budgets.Latest())
        {
            foreach (BurnRate burn in status.BurnRates) rows.Add(new Measurement<double>(burn.Rate, Budget(status), new(InstrumentNames.Window, KpiMetrics.Text(burn.Window))));
        }

        return rows;
    }

    private List<Measurement<long>> Decisions()
    {
        var rows = new List<Measurement<long>>();
        foreach (BoardDecisions count in _budgets.Decisions())
            rows.Add(new Measurement<long>(count.Count, new(InstrumentNames.Budget, count.Budget), new KeyValuePair<string, object?>(InstrumentNames.Verdict, count.Verdict.ToString())));
        return rows;
    }

    private List<Measurement<int>> Ledgers()
    {
        var rows = new List<Measurement<int>>();
        foreach (BudgetStatus status in _budgets.Latest()) rows.Add(new Measurement<int>(status.IsLedgerReachable ? 1 : 0, Budget(status)));
        return rows;
    }

    private Measurement<long>[] AuditLost() => _budgets.Policy is null ? [] : [new Measurement<long>(_budgets.Audit?.Lost ?? 0)];

    private List<Measurement<double>> Baselines()
    {
        var rows = new List<Measurement<double>>();
        foreach (KpiRule rule in _budgets.Policy?.Kpis ?? [])
        {
            if (rule is { Model: { } model, Baseline: { } baseline }) rows.Add(new Measurement<double>(baseline.Mean, new KeyValuePair<string, object?>(InstrumentNames.Model, model)));
        }

        return rows;
    }

    private static KeyValuePair<string, object?> Budget(BudgetStatus status) =>
        new(InstrumentNames.Budget, status.Part.Length == 0 ? status.Budget : $"{status.Budget}/{status.Part}");
}
