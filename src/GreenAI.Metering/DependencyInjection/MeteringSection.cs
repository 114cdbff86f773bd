using GreenAI.Metering;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The configuration section the options came from.</summary>
internal sealed class MeteringSection(IConfigurationSection section)
{
    private static readonly string[] _lists =
        [nameof(GreenAIMeteringOptions.Sources), nameof(GreenAIMeteringOptions.GpuUuids), nameof(GreenAIMeteringOptions.Models)];

    /// <summary>Its path, for messages that name keys.</summary>
    public string Path => section.Path;

    /// <summary>One text where a list belongs: the binder passes over it in silence, as if nothing had been set.</summary>
    public IEnumerable<string> Check() =>
        from key in _lists
        let value = section[key]
        where !string.IsNullOrEmpty(value)
        select $"{Path}:{key} is '{value}'; it must be a list: write {Path}:{key}:0 ({Path.Replace(":", "__", StringComparison.Ordinal)}__{key}__0 in the environment).";
}
