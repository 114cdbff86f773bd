using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>Policies by chance that can be in force.</summary>
internal static class PolicyGen
{
    // Names that hurt JSON, paths and configuration among them; those in use are few, so that parts refer to one another.
    private static readonly Gen<string> _name = Gen.OneOf(
        Gen.OneOfConst("a", "b.c", "d:e[0]", "\"quoted\"", "µ–漢", "😀", "<&'>", "\\", "$"),
        Gen.Char.Where(letter => !char.IsSurrogate(letter) && letter is not ('*' or ' ' or '\u2028' or '\u2029') && !char.IsControl(letter)).Array[1, 12].Select(letters => new string(letters)));

    private static readonly Gen<string?> _part = Gen.OneOf(Gen.Const((string?)null), _name.Select(name => (string?)name), Gen.Const((string?)BudgetScope.Each));
    private static readonly Gen<string?> _one = Gen.OneOf(Gen.Const((string?)null), _name.Select(name => (string?)name));
    private static readonly Gen<DateTimeOffset> _time = Gen.Select(
        Gen.Long[TimeSpan.TicksPerDay, DateTimeOffset.MaxValue.Ticks - TimeSpan.TicksPerDay], Gen.Int[-12, 12], (ticks, hours) => new DateTimeOffset(ticks, TimeSpan.FromHours(hours)));

    private static readonly Gen<double> _share = Gen.OneOf(Gen.Double[0.001, 1], Gen.OneOfConst(0.5, 0.9, 1.0));
    private static readonly Gen<BudgetAction> _action = Gen.OneOf(
        Gen.Const(BudgetAction.Event),
        Gen.OneOfConst(Verdict.Warn, Verdict.Deny).Select(verdict => new BudgetAction { Verdict = verdict }),
        _name.Select(name => new BudgetAction { Verdict = Verdict.Degrade, Model = "small-" + name }),
        Gen.Long[1, TimeSpan.TicksPerDay].Select(ticks => new BudgetAction { Verdict = Verdict.Delay, RetryAfter = TimeSpan.FromTicks(ticks) }));

    private static readonly Gen<BudgetScope> _scope = Gen.Select(_part, _part, _one, _part, (model, tenant, service, host) => new BudgetScope { Model = model, Tenant = tenant, Service = service, Host = host });

    private static readonly Gen<BudgetWindow> _window = Gen.OneOf(
        Gen.Select(Gen.Enum<CalendarUnit>(), Gen.Int[1, 12], _share, (unit, month, share) => new BudgetWindow
        {
            Type = BudgetWindowType.Calendar,
            Unit = unit,
            FirstMonth = unit is CalendarUnit.Quarter or CalendarUnit.Year ? month : 1,
            CarryOver = share,
        }),
        Gen.Long[TimeSpan.TicksPerSecond, 366 * TimeSpan.TicksPerDay].Select(ticks => new BudgetWindow { Type = BudgetWindowType.Rolling, Length = TimeSpan.FromTicks(ticks) }),
        Gen.Const(new BudgetWindow { Type = BudgetWindowType.Lifetime }));

    private static readonly Gen<LadderStep> _step = Gen.Select(_share, Gen.Bool, _share, Gen.Long[0, TimeSpan.TicksPerDay], _action, Gen.Int[0, 2], _name.Array[0, 2], (at, onForecast, clear, dwell, action, tier, exempt) => new LadderStep
    {
        At = at,
        On = onForecast ? LadderMeasure.Forecast : LadderMeasure.Actual,
        Clear = tier == 0 ? null : at * clear,
        Dwell = TimeSpan.FromTicks(dwell),
        Action = action,
        MinTier = tier == 0 ? null : (MeasurementTier)tier,
        ExemptPriorities = [.. exempt.Distinct()],
    });

    private static readonly Gen<BurnRule> _burn = Gen.Select(Gen.Long[2, 1000], _share, Gen.Long[0, long.MaxValue], _action, (seconds, share, inferences, action) => new BurnRule
    {
        Long = TimeSpan.FromSeconds(seconds),
        Short = TimeSpan.FromSeconds(Math.Max(1, (long)(seconds * share) - 1)),
        Factor = 20 * share,
        MinInferences = inferences,
        Action = action,
    });

    private static readonly Gen<double> _limit = Gen.OneOf(Gen.Long[1, 1L << 53].Select(amount => (double)amount), Gen.Long[1, 100_000].Select(amount => amount * 1e9), Gen.Const(9.2e18));

    private static readonly Gen<BudgetDefinition> _budget = Gen.Select(
        Gen.Select(Gen.Enum<BudgetKind>(), _limit, Gen.Double[1e-6, 1e9], Gen.Int[0, 3]), _scope, _window, _step.Array[0, 3], _burn.Array[0, 2], Gen.Int[0, 63], Gen.Enum<LedgerOutage>(),
        (head, scope, window, ladder, burn, flags, outage) =>
        {
            (BudgetKind kind, double limit, double small, int basis) = head;
            bool isLifetime = window.Type == BudgetWindowType.Lifetime;
            return new BudgetDefinition
            {
                Id = "",
                Scope = scope,
                Kind = kind,
                LimitMicrounits = kind.IsPerInference() ? small : limit,
                Basis = kind.IsEnergy() || basis == 3 ? null : (CarbonMethod)basis,
                IncludesOperational = kind.IsEnergy() || scope.Tenant is not null || (flags & 1) == 0,
                IncludesEmbodied = !kind.IsEnergy() && scope.Tenant is null && (flags & 3) != 0,
                IncludesIdle = (flags & 4) == 0,
                ChargesUpperBound = (flags & 8) == 0,
                Window = kind.IsPerInference() && window.CarryOver > 0 ? new() { Type = window.Type, Unit = window.Unit, FirstMonth = window.FirstMonth } : window,
                Ladder = isLifetime ? [.. ladder.Where(step => step.On == LadderMeasure.Actual)] : ladder,
                Burn = isLifetime || kind.IsPerInference() ? [] : burn,
                OnLedgerDown = outage,
                RefusesUnmetered = (flags & 16) == 0 && ladder.Any(step => step.On == LadderMeasure.Actual && step.Action.Verdict >= Verdict.Degrade),
                Shadow = (flags & 32) == 0,
            };
        });

    private static readonly Gen<KpiRule> _kpi = Gen.Select(Gen.Enum<Kpi>(), _one, _share, _share, Gen.Int[0, 2], _action, Gen.Long[60, 86_400], (kpi, model, low, high, form, action, seconds) => new KpiRule
    {
        Id = "",
        Kpi = form == 2 ? Kpi.EnergyPerInference : kpi,
        Model = model,
        Min = form == 0 ? Math.Min(low, high) : null,
        Max = form < 2 ? Math.Max(low, high) : null,
        Baseline = form == 2 ? new() { Mean = high, StandardDeviation = low, Samples = seconds, MaxIncrease = low, Confidence = 0.5 + (low * 0.4), MinSamples = seconds } : null,
        Window = TimeSpan.FromSeconds(seconds),
        Action = action,
    });

    public static Gen<BudgetPolicy> Policy { get; } = Gen.Select(
        _name, Gen.OneOf(Gen.Const(DateTimeOffset.MinValue), _time), Gen.Select(_name, _name, _time).Array[0, 3], _budget.Array[0, 4], _kpi.Array[0, 3],
        Gen.Select(Gen.Int[0, 9], _name, _time, Gen.Long[0, long.MaxValue / 2]).Array[0, 3], Gen.Select(_name, _share, Gen.Bool).Array[0, 2],
        (version, from, approvals, budgets, kpis, waivers, charters) => Make(version, from, approvals, budgets, kpis, waivers, charters));

    private static BudgetPolicy Make(
        string version, DateTimeOffset from, (string Role, string By, DateTimeOffset At)[] approvals, BudgetDefinition[] budgets, KpiRule[] kpis,
        (int Rule, string Text, DateTimeOffset Expires, long Cap)[] waivers, (string Text, double Number, bool HasQuality)[] charters)
    {
        budgets = [.. budgets.Select((budget, index) => Named(budget, $"budget-{index}"))];
        kpis = [.. kpis.Select((kpi, index) => Named(kpi, $"kpi-{index}"))];
        string[] rules = [.. budgets.Select(budget => budget.Id), .. kpis.Select(kpi => kpi.Id)];
        return new()
        {
            Version = version,
            EffectiveFrom = from,
            RequiredApprovals = approvals.Length,
            RequiredRoles = [.. approvals.Select(approval => approval.Role).Distinct()],
            Approvals = [.. approvals.Select(approval => new PolicyApproval { Role = approval.Role, By = approval.By, At = approval.At })],
            Budgets = budgets,
            Kpis = kpis,
            Waivers = rules.Length == 0 ? [] : [.. waivers.Select((waiver, index) => Waiver(waiver, index, rules[waiver.Rule % rules.Length], budgets))],
            Charters = [.. charters.Select((charter, index) => new Charter
            {
                Project = $"project-{index}",
                Owner = charter.Text,
                Objective = charter.Text,
                Model = charter.Text,
                QualityMetric = charter.HasQuality ? charter.Text : null,
                QualityTarget = charter.HasQuality ? -charter.Number : null,
                EnergyToSolutionKilowattHours = charter.Number,
                EstimateMethod = charter.Text,
                Budget = budgets.Length > 0 ? budgets[0].Id : null,
                ReviewDate = new(2027, 6, 30),
            })],
        };
    }

    private static Waiver Waiver((int Rule, string Text, DateTimeOffset Expires, long Cap) row, int index, string rule, BudgetDefinition[] budgets) => new()
    {
        Id = $"W-{index}",
        Rule = rule,
        Reason = row.Text,
        ApprovedBy = row.Text,
        Expires = row.Expires,
        CapMicrounits = row.Cap > 0 && budgets.Any(budget => budget.Id == rule && !budget.Kind.IsPerInference()) ? row.Cap : null,
    };

    private static BudgetDefinition Named(BudgetDefinition budget, string id) => new()
    {
        Id = id,
        Scope = budget.Scope,
        Kind = budget.Kind,
        LimitMicrounits = budget.LimitMicrounits,
        Basis = budget.Basis,
        IncludesOperational = budget.IncludesOperational,
        IncludesEmbodied = budget.IncludesEmbodied,
        IncludesIdle = budget.IncludesIdle,
        ChargesUpperBound = budget.ChargesUpperBound,
        Window = budget.Window,
        Ladder = budget.Ladder,
        Burn = budget.Burn,
        OnLedgerDown = budget.OnLedgerDown,
        RefusesUnmetered = budget.RefusesUnmetered,
        Shadow = budget.Shadow,
    };

    private static KpiRule Named(KpiRule rule, string id) => new()
    {
        Id = id,
        Kpi = rule.Kpi,
        Model = rule.Model,
        Max = rule.Max,
        Min = rule.Min,
        Baseline = rule.Baseline,
        Window = rule.Window,
        Action = rule.Action,
    };
}
