using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The rules of targets, with messages that name the key, the bad value and what is allowed.</summary>
internal static class KpiTargetRules
{
    private static readonly KpiDefinition[] _definitions = KpiDefinitions.All;

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
        foreach ((string name, double? bound) in options.Targets ?? new Dictionary<string, double?>())
        {
            string key = $"{section}:{nameof(options.Targets)}";
            if (Find(name) is not { } definition)
                yield return $"{key} has '{name}'; known indicators are {string.Join(", ", _definitions.Select(known => $"{known.Kpi} ({known.Abbreviation})"))}.";
            else if (!seen.TryAdd(definition, name))
                yield return $"{key} has '{seen[definition]}' and '{name}', which are the same indicator; keep one of them.";
            else if (bound is { } value && Check(definition, value) is { } allowed)
                yield return string.Create(CultureInfo.InvariantCulture, $"{key}:{name} is {value}; it must be {allowed}");
        }
    }

    /// <summary>The indicator of a name; null when there is none.</summary>
    public static KpiDefinition? Find(string name) => Array.Find(_definitions, definition =>
        definition.Kpi.ToString().Equals(name, StringComparison.OrdinalIgnoreCase) || definition.Abbreviation.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string? Check(KpiDefinition definition, double bound)
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
