using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Which names may be of tenants. They come from outside, and go into metrics, logs and ledgers.</summary>
internal static class TenantName
{
    public const int MaxLength = 128;

    /// <summary>The tenant of all requests whose tenant is not known.</summary>
    public const string Unknown = "(unknown)";

    // '(' begins the names that are the meter's own: (overflow), (unknown).
    public static bool IsFit(string? name) =>
        name is { Length: > 0 and <= MaxLength } && name[0] != '(' && !string.IsNullOrWhiteSpace(name) && IsVisible(name);

    private static bool IsVisible(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(name, i);
            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1])) i++;
            if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned) return false;
        }

        return true;
    }
}
