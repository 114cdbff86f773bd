using System.Globalization;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Headers that tell carbon.</summary>
internal static class CarbonHeaders
{
    /// <summary>Operational grams of one request, as a backend tells them.</summary>
    public const string Request = "Carbon-Emissions-Scope-2";

    /// <summary>What the gateway tells: the mean grams of an inference of the model, over those that the backend told.</summary>
    public const string PerInference = "Carbon-Per-Inference";

    /// <summary>Tells joules and grams of a request too, to browsers.</summary>
    public const string ServerTiming = "Server-Timing";

    // A request of a ton is a mistake, and one of them would spoil every mean after it.
    private const double MostGrams = 1e6;

    /// <summary>All that are the service's to tell and never a caller's.</summary>
    public static IReadOnlyList<string> All { get; } = [Request, PerInference];

    /// <summary>Reads grams from one header value; null where it is not one plain number of grams.</summary>
    public static double? Grams(IEnumerable<string> values)
    {
        string[] all = [.. values.Take(2)];
        return all.Length == 1
            && double.TryParse(all[0], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double grams)
            && grams is >= 0 and <= MostGrams
            ? grams
            : null;
    }

    /// <summary>Grams with three significant digits, since more would be precision that nobody has, and without an exponent.</summary>
    public static string Text(double grams) =>
        decimal.Parse(grams.ToString("G3", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
}
