using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The rules of the options, with messages that name the key, the bad value and what is allowed.</summary>
internal static class GreenAIMeteringOptionsRules
{
    public const string DefaultSection = "GreenAI";

    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(10);

    public static void ThrowIfInvalid(GreenAIMeteringOptions options)
    {
        List<string> failures = [.. Check(options, DefaultSection)];
        if (failures.Count > 0) throw new ArgumentException(string.Join(" ", failures), nameof(options));
    }

    /// <param name="options">The options.</param>
    /// <param name="section">The configuration section the keys are in.</param>
    public static IEnumerable<string> Check(GreenAIMeteringOptions options, string section)
    {
        if (options.SamplingInterval < _shortest || options.SamplingInterval > _longest)
        {
            yield return Text($"{section}:SamplingInterval is {options.SamplingInterval:c}; it must be from {_shortest:c} to {_longest:c} (default 00:00:00.1000000).");
        }

        if (!Enum.IsDefined(options.Scope))
            yield return Text($"{section}:Scope is {(int)options.Scope}; it must be one of {string.Join(", ", Enum.GetNames<EnergyScope>())}.");
        if (string.IsNullOrWhiteSpace(options.SysfsRoot))
            yield return $"{section}:SysfsRoot is empty; it must be a folder (default /sys).";
        if (string.IsNullOrWhiteSpace(options.ProcRoot))
            yield return $"{section}:ProcRoot is empty; it must be a folder (default /proc).";
        foreach (string name in options.Sources ?? [])
        {
            if (!SourceDetector.Names.Contains(name, StringComparer.Ordinal))
                yield return Text($"{section}:Sources has '{name}'; known sources are {string.Join(", ", SourceDetector.Names)}.");
        }

        foreach (string? uuid in options.GpuUuids ?? [])
        {
            if (string.IsNullOrWhiteSpace(uuid)) yield return $"{section}:GpuUuids has an empty entry; each must be a UUID such as GPU-8f6a2f0e.";
        }

        foreach ((string name, ModelOptions? model) in options.Models ?? new Dictionary<string, ModelOptions>())
        {
            foreach (string wrong in Check(name, model, section)) yield return wrong;
        }

        if (Outside(options.MaxModels, 1, 4096)) yield return Range(section, "MaxModels", options.MaxModels, 1, 4096, 256);
        if (Outside(options.MaxScopes, 4096, 1 << 20)) yield return Range(section, "MaxScopes", options.MaxScopes, 4096, 1 << 20, 1 << 16);
        if (Outside(options.RingCapacity, 64, 1 << 20)) yield return Range(section, "RingCapacity", options.RingCapacity, 64, 1 << 20, 4096);
        if (Outside(options.ObserverQueueCapacity, 16, 1 << 20))
            yield return Range(section, "ObserverQueueCapacity", options.ObserverQueueCapacity, 16, 1 << 20, 8192);
        foreach (string wrong in CarbonOptionsRules.Check(options.Carbon, $"{section}:Carbon")) yield return wrong;
        foreach (string wrong in KpiTargetRules.Check(options.Kpis, $"{section}:Kpis")) yield return wrong;
        foreach (string wrong in BudgetOptionsRules.Check(options.Budgets, $"{section}:Budgets")) yield return wrong;
        if (options.TraceFile is { } trace && TraceFile.Check(trace, section) is { } failure) yield return failure;
    }

    private static IEnumerable<string> Check(string name, ModelOptions? model, string section)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 256 || name == ModelRegistry.Overflow)
            yield return $"{section}:Models has '{name}'; a model name has from 1 to 256 characters and is not {ModelRegistry.Overflow}.";
        if (model is { RelativeWeight: not (> 0 and <= 1e6) })
            yield return Text($"{section}:Models:{name}:RelativeWeight is {model.RelativeWeight}; it must be above 0 and at most 1000000 (default 1).");
        if (model is { Workload: var workload } && !Enum.IsDefined(workload))
            yield return Text($"{section}:Models:{name}:Workload is {(int)workload}; it must be one of {string.Join(", ", Enum.GetNames<WorkloadKind>())}.");
        foreach (string? device in model?.Devices ?? [])
        {
            if (string.IsNullOrWhiteSpace(device))
                yield return $"{section}:Models:{name}:Devices has an empty entry; each must be cpu, gpu, accelerator, or the beginning of a device's identifier.";
        }
    }

    private static bool Outside(int value, int low, int high) => value < low || value > high;

    private static string Range(string section, string key, int value, int low, int high, int standard) =>
        Text($"{section}:{key} is {value}; it must be from {low} to {high} (default {standard}).");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
