using System.Globalization;

namespace GreenAI.Metering;

/// <summary>What the options of the endpoints must be.</summary>
internal static class GreenAIEndpointsOptionsRules
{
    private const int MostViewers = 1000;

    /// <summary>What is wrong, with key, value and range.</summary>
    /// <param name="options">The options.</param>
    /// <param name="path">Their path in the configuration.</param>
    public static IEnumerable<string> Check(GreenAIEndpointsOptions options, string path)
    {
        if (options.MaxViewers is < 1 or > MostViewers)
            yield return string.Create(CultureInfo.InvariantCulture, $"{path}:{nameof(options.MaxViewers)} is {options.MaxViewers}; it must be from 1 to {MostViewers}.");
    }
}
