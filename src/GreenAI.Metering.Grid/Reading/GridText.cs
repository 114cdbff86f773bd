using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Times and outside texts, the same in every culture.</summary>
internal static class GridText
{
    private const int MostQuoted = 40;

    // Without seconds: UK Carbon Intensity. Up to seven digits of a second: the Carbon Aware SDK.
    private static readonly string[] _times = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads an ISO 8601 time; one without a zone is UTC, never the host's.</summary>
    public static bool TryReadTime(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, _times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <summary>A time to the second, UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time to the minute, UTC.</summary>
    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>An outside text for a message: short, and without anything that could pass for a line of a log.</summary>
    public static string Quote(string text)
    {
        string shown = text.Length <= MostQuoted ? text : text[..MostQuoted] + "…";
        return $"'{string.Concat(shown.Select(character => IsShown(character) ? character : '?'))}'";
    }

    // Not line separators and not what turns the direction of writing either.
    private static bool IsShown(char character) => char.GetUnicodeCategory(character) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
