using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace GreenAI.Metering;

/// <summary>The rules of targets, with messages that name the key, the bad value and what is allowed.</summary>
internal static class KpiTargetRules
{
    private const string Windows = nameof(KpiOptions.Windows);
    private const string Targets = nameof(KpiOptions.Targets);
    private const string NoTarget = nameof(KpiOptions.NoTarget);

    /// <param name="options">The targets.</param>
    /// <param name="section">The configuration section they are in.</param>
    public static IEnumerable<string> Check(KpiOptions? options, string section)
    {
        if (options is null) yield break;
        if (options.Windows is { } windows)
        {
            if (windows.Count > 8) yield return $"{section}:Windows has {windows.Count} windows; it must have at most 8.";
            if (windows.Distinct().Count() < windows.Count) yield return $"{section}:Windows has the same window twice; keep one of them.";
            foreach (TimeSpan window in windows)
            {
                if (window < TimeSpan.FromMinutes(1) || window > TimeSpan.FromDays(31))
                    yield return $"{section}:Windows has {window:c}; each must be from 00:01:00 to 31.00:00:00.";
            }
        }

        Dictionary<KpiDefinition, string> seen = [];
        foreach ((string name, double bound) in options.Targets ?? new Dictionary<string, double>())
        {
            if (CheckName(name, section, Targets, seen) is { } wrong) yield return wrong;
            else if (CheckBound(Find(name)!, bound) is { } allowed)
                yield return string.Create(CultureInfo.InvariantCulture, $"{section}:{Targets}:{name} is {bound}; it must be {allowed}");
        }

        foreach (string name in options.NoTarget ?? [])
        {
            if (CheckName(name, section, NoTarget, seen) is { } wrong) yield return wrong;
        }
    }

    /// <summary>What the binder would pass over in silence, so that the guide's windows or targets held where others were meant.</summary>
    public static IEnumerable<string> Check(IConfigurationSection section)
    {
        IConfigurationSection windows = section.GetSection(Windows), targets = section.GetSection(Targets), none = section.GetSection(NoTarget);
        if (!string.IsNullOrEmpty(windows.Value)) yield return $"{windows.Path} is '{windows.Value}'; it must be a list: write {windows.Path}:0 = {windows.Value}.";
        if (!string.IsNullOrEmpty(targets.Value)) yield return $"{targets.Path} is '{targets.Value}'; it must hold a bound per indicator: write {targets.Path}:CPI = 0.5.";
        if (!string.IsNullOrEmpty(none.Value)) yield return $"{none.Path} is '{none.Value}'; it must be a list: write {none.Path}:0 = {none.Value}.";
        foreach (IConfigurationSection target in targets.GetChildren())
        {
            if (string.IsNullOrEmpty(target.Value))
                yield return $"{target.Path} is empty; it must be a number. To ask for nothing, put '{target.Key}' into {none.Path}.";
        }
    }

    /// <summary>The indicator of a name; null when there is none.</summary>
    public static KpiDefinition? Find(string? name) => Array.Find(KpiDefinitions.All, definition =>
        definition.Kpi.ToString().Equals(name, StringComparison.OrdinalIgnoreCase) || definition.Abbreviation.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string? CheckName(string name, string section, string list, Dictionary<KpiDefinition, string> seen)
    {
        if (Find(name) is not { } definition)
            return $"{section}:{list} has '{name}'; known indicators are {string.Join(", ", KpiDefinitions.All.Select(known => $"{known.Kpi} ({known.Abbreviation})"))}.";
        return seen.TryAdd(definition, name) ? null : $"{section}:{list} has '{name}', of which '{seen[definition]}' speaks already; keep one of them.";
    }

    private static string? CheckBound(KpiDefinition definition, double bound)
    {
        bool isShare = definition.Unit == "1";
        if (double.IsFinite(bound) && bound > 0 && !(isShare && bound >= 1)) return null;
        string standard = definition.DefaultTarget is { } target
            ? string.Create(CultureInfo.InvariantCulture, $" (default {target.Bound})")
            : " (default: no target)";
        return isShare
            ? $"above 0 and below 1{standard}{(bound is > 1 and <= 100 ? ": was it given in percent?" : ".")}"
            : $"above 0 and finite, in {definition.Unit}{standard}.";
    }
}
