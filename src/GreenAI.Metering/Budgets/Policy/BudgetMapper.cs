using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Makes a budget of JSON that holds to the schema.</summary>
internal sealed class BudgetMapper(SchemaProblems problems)
{
    public BudgetDefinition Read(JsonElement budget, string path)
    {
        BudgetKind kind = PolicyWords.Kinds[budget.Text("kind")!];
        string[] include = budget.Texts("include");
        if (kind.IsEnergy())
        {
            NotOfEnergy(budget, "basis", path);
            NotOfEnergy(budget, "include", path);
        }

        return new()
        {
            Id = budget.Text("id")!,
            Scope = budget.Scope(),
            Kind = kind,
            LimitMicrounits = PolicyAmount.ToDouble(PolicyAmount.Read(budget.Part("limit")!.Value, path + ".limit", kind.IsEnergy(), !kind.IsPerInference(), problems)),
            Basis = budget.Text("basis") is { } basis ? PolicyWords.Bases[basis] : null,
            IncludesOperational = include.Length == 0 || include.Contains("operational"),
            IncludesEmbodied = include.Contains("embodied"),
            IncludesIdle = budget.Flag("idle") ?? true,
            ChargesUpperBound = budget.Text("charge") == "upperBound",
            Window = ReadWindow(budget.Part("window")!.Value, path + ".window"),
            Ladder = budget.List("ladder", path, (step, _) => Step(step)),
            Burn = budget.List("burn", path, (burn, _) => Burn(burn)),
            OnLedgerDown = budget.Text("onLedgerDown") is { } outage ? PolicyWords.Outages[outage] : LedgerOutage.LastLease,
            RefusesUnmetered = budget.Flag("refuseUnmetered") ?? false,
            Shadow = budget.Text("mode") == "shadow",
        };
    }

    private static LadderStep Step(JsonElement step) => new()
    {
        At = step.Number("at")!.Value,
        On = step.Text("on") is { } measure ? PolicyWords.Measures[measure] : LadderMeasure.Actual,
        Clear = step.Number("clear"),
        Dwell = step.Duration("dwell") ?? TimeSpan.Zero,
        Action = step.Action()!,
        MinTier = step.Text("minTier") is { } tier ? PolicyWords.Tiers[tier] : null,
        ExemptPriorities = step.Texts("exempt"),
    };

    private static BurnRule Burn(JsonElement burn) => new()
    {
        Long = burn.Duration("long")!.Value,
        Short = burn.Duration("short")!.Value,
        Factor = burn.Number("factor")!.Value,
        MinInferences = burn.Whole("minInferences") ?? 0,
        Action = burn.Action()!,
    };

    private BudgetWindow ReadWindow(JsonElement window, string path)
    {
        BudgetWindowType type = PolicyWords.Windows[window.Text("type")!];
        foreach (string name in (ReadOnlySpan<string>)["unit", "timeZone", "firstMonth", "carryOver"]) Only(BudgetWindowType.Calendar, type, window, name, path);
        Only(BudgetWindowType.Rolling, type, window, "length", path);
        string? needed = type switch { BudgetWindowType.Calendar => "unit", BudgetWindowType.Rolling => "length", _ => null };
        if (needed is not null && window.Part(needed) is null)
            problems.Add($"{path}.{needed}", $"It is missing; {SchemaWords.Wanted(PolicySchema.Root.Properties["budgets"].Items!.Properties["window"].Properties[needed])}.");
        return new()
        {
            Type = type,
            Unit = window.Text("unit") is { } unit ? PolicyWords.Units[unit] : default,
            TimeZone = window.Text("timeZone") ?? "UTC",
            FirstMonth = (int)(window.Whole("firstMonth") ?? 1),
            CarryOver = window.Number("carryOver") ?? 0,
            Length = window.Duration("length") ?? TimeSpan.Zero,
        };
    }

    private void Only(BudgetWindowType owner, BudgetWindowType type, JsonElement window, string name, string path)
    {
        if (owner != type && window.Part(name) is not null)
            problems.Add($"{path}.{name}", $"It is there; a {PolicyWords.Windows.Of(type)} window has none, only a {PolicyWords.Windows.Of(owner)} one has.");
    }

    private void NotOfEnergy(JsonElement budget, string name, string path)
    {
        if (budget.Part(name) is not null) problems.Add($"{path}.{name}", "It is there; only a budget of emissions can have it.");
    }
}
