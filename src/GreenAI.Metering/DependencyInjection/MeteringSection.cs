using GreenAI.Metering;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The configuration section the options came from.</summary>
internal sealed class MeteringSection(IConfigurationSection section)
{
    private static readonly string[] _lists =
        [nameof(GreenAIMeteringOptions.Sources), nameof(GreenAIMeteringOptions.GpuUuids)];

    private static readonly string[] _modelKeys = [nameof(ModelOptions.Devices), nameof(ModelOptions.RelativeWeight), nameof(ModelOptions.Workload)];

    /// <summary>Its path, for messages that name keys.</summary>
    public string Path => section.Path;

    /// <summary>What the binder would pass over in silence, as if nothing had been set.</summary>
    public IEnumerable<string> Check() => CheckLists().Concat(CheckModels());

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
}
