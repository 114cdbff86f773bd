using GreenAI.Metering;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The configuration section the options came from.</summary>
internal sealed class MeteringSection(IConfigurationSection section)
{
    private static readonly string[] _lists =
        [nameof(GreenAIMeteringOptions.Sources), nameof(GreenAIMeteringOptions.GpuUuids)];

    private static readonly string[] _modelKeys = [nameof(ModelOptions.Devices), nameof(ModelOptions.RelativeWeight), nameof(ModelOptions.Workload)];

    private static readonly string[] _carbonKeys =
    [
        nameof(CarbonOptions.Zone), nameof(CarbonOptions.CloudRegion), nameof(CarbonOptions.GramsPerKilowattHour), nameof(CarbonOptions.Source),
        nameof(CarbonOptions.Pue), nameof(CarbonOptions.WueLitresPerKilowattHour), nameof(CarbonOptions.Method), nameof(CarbonOptions.Boundary),
        nameof(CarbonOptions.RefreshInterval), nameof(CarbonOptions.HoldFor), nameof(CarbonOptions.Embodied),
    ];

    // Where the live providers of the Grid package keep their options.
    private static readonly string[] _carbonProviders = ["ElectricityMaps", "UkCarbonIntensity", "WattTime", "CarbonAwareSdk"];

    private static readonly string[] _embodiedKeys =
    [
        nameof(EmbodiedOptions.Hardware), nameof(EmbodiedOptions.KilogramsCO2e), nameof(EmbodiedOptions.Source), nameof(EmbodiedOptions.Uncertainty),
        nameof(EmbodiedOptions.LifespanYears), nameof(EmbodiedOptions.Count), nameof(EmbodiedOptions.Share), nameof(EmbodiedOptions.Devices),
    ];

    private static readonly string[] _kpiKeys = [nameof(KpiOptions.Windows), nameof(KpiOptions.Targets), nameof(KpiOptions.NoTarget)];

    private static readonly string[] _budgetKeys =
    [
        nameof(BudgetOptions.PolicyFile), nameof(BudgetOptions.PolicyInterval), nameof(BudgetOptions.Service), nameof(BudgetOptions.Host), nameof(BudgetOptions.MaxTenants),
        nameof(BudgetOptions.AuditFolder), nameof(BudgetOptions.FlushInterval), nameof(BudgetOptions.LeaseTimeToLive),
    ];

    /// <summary>Its path, for messages that name keys.</summary>
    public string Path => section.Path;

    /// <summary>What the binder would pass over in silence, as if nothing had been set.</summary>
    public IEnumerable<string> Check() => CheckLists().Concat(CheckModels()).Concat(CheckCarbon()).Concat(CheckKpis()).Concat(CheckBudgets());

    // One text where a list belongs.
    private IEnumerable<string> CheckLists() =>
        from key in _lists
        let value = section[key]
        where !string.IsNullOrEmpty(value)
        select $"{Path}:{key} is '{value}'; it must be a list: write {Path}:{key}:0 ({Path.Replace(":", "__", StringComparison.Ordinal)}__{key}__0 in the environment).";

    // A list of names where sections by name belong, and names that configuration cannot hold: ':' separates keys.
    private IEnumerable<string> CheckModels()
    {
        IConfigurationSection models = section.GetSection(nameof(GreenAIMeteringOptions.Models));
        if (!string.IsNullOrEmpty(models.Value))
            yield return $"{models.Path} is '{models.Value}'; it must hold a section per model: write {models.Path}:{models.Value}:RelativeWeight = 1.";
        foreach (IConfigurationSection model in models.GetChildren())
        {
            if (!string.IsNullOrEmpty(model.Value))
            {
                yield return $"{model.Path} is '{model.Value}'; {models.Path} must hold a section per model, as in \"Models\": {{ \"{model.Value}\": {{ }} }}.";
            }

            foreach (IConfigurationSection key in model.GetChildren())
            {
                if (_modelKeys.Contains(key.Key, StringComparer.OrdinalIgnoreCase)) continue;
                yield return $"{key.Path} is not known; a model has {string.Join(", ", _modelKeys)}. If the model is called '{model.Key}:{key.Key}', register it in code by AddModel: ':' separates configuration keys.";
            }
        }
    }

    // A misspelt key would leave emissions unavailable, or at a PUE nobody meant, without a word.
    private IEnumerable<string> CheckCarbon()
    {
        IConfigurationSection carbon = section.GetSection(nameof(GreenAIMeteringOptions.Carbon));
        if (!string.IsNullOrEmpty(carbon.Value))
            yield return $"{carbon.Path} is '{carbon.Value}'; it must hold a section: write {carbon.Path}:Zone = {carbon.Value} and {carbon.Path}:Pue.";
        foreach (string wrong in CheckKeys(carbon, _carbonKeys, [nameof(CarbonOptions.Embodied), .. _carbonProviders])) yield return wrong;
        IConfigurationSection embodied = carbon.GetSection(nameof(CarbonOptions.Embodied));
        if (!string.IsNullOrEmpty(embodied.Value))
            yield return $"{embodied.Path} is '{embodied.Value}'; it must hold a section per piece of hardware: write {embodied.Path}:server:Hardware = {embodied.Value}.";
        foreach (IConfigurationSection item in embodied.GetChildren())
        {
            if (!string.IsNullOrEmpty(item.Value))
                yield return $"{item.Path} is '{item.Value}'; it must hold a section: write {item.Path}:Hardware = {item.Value}, or KilogramsCO2e and LifespanYears.";
            foreach (string wrong in CheckKeys(item, _embodiedKeys, [])) yield return wrong;
        }
    }

    // A misspelt key would leave the guide's windows and targets in force, without a word.
    private IEnumerable<string> CheckKpis()
    {
        IConfigurationSection kpis = section.GetSection(nameof(GreenAIMeteringOptions.Kpis));
        if (!string.IsNullOrEmpty(kpis.Value))
            yield return $"{kpis.Path} is '{kpis.Value}'; it must hold a section: write {kpis.Path}:Windows:0 = 00:05:00 or {kpis.Path}:Targets:CPI = 0.5.";
        foreach (string wrong in CheckKeys(kpis, _kpiKeys, _kpiKeys).Concat(KpiTargetRules.Check(kpis))) yield return wrong;
    }

    // A misspelt key would leave a host without its policy, without a word.
    private IEnumerable<string> CheckBudgets()
    {
        IConfigurationSection budgets = section.GetSection(nameof(GreenAIMeteringOptions.Budgets));
        if (!string.IsNullOrEmpty(budgets.Value))
            yield return $"{budgets.Path} is '{budgets.Value}'; it must hold a section: write {budgets.Path}:PolicyFile = {budgets.Value}.";
        foreach (string wrong in CheckKeys(budgets, _budgetKeys, [])) yield return wrong;
    }

    private static IEnumerable<string> CheckKeys(IConfigurationSection parent, string[] known, string[] holdSections)
    {
        foreach (IConfigurationSection key in parent.GetChildren())
        {
            if (holdSections.Contains(key.Key, StringComparer.OrdinalIgnoreCase)) continue;
            if (!known.Contains(key.Key, StringComparer.OrdinalIgnoreCase))
                yield return $"{key.Path} is not known; {parent.Path} has {string.Join(", ", known)}.";
            else if (key.GetChildren().Any())
                yield return $"{key.Path} holds a section; it must be one value.";
        }
    }
}
