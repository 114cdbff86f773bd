using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The rules that options of several providers share, with messages that name the key, the bad value and what is allowed.</summary>
internal static class GridOptionsRules
{
    private const int LongestName = 64;
    private const int LongestSecret = 1024;

    private static readonly TimeSpan _shortestAge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _longestAge = TimeSpan.FromDays(1);
    private static readonly TimeSpan _shortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestTimeout = TimeSpan.FromMinutes(10);

    public static void ThrowIfInvalid(IEnumerable<string> failures, string parameter)
    {
        string[] all = [.. failures];
        if (all.Length > 0) throw new ArgumentException(string.Join(" ", all), parameter);
    }

    /// <param name="key">The full key.</param>
    /// <param name="value">The address.</param>
    /// <param name="secrets">Whether requests carry credentials.</param>
    /// <param name="example">The default, or an example.</param>
    public static IEnumerable<string> Address(string key, Uri? value, bool secrets, string example)
    {
        if (value is null)
        {
            yield return $"{key} is not set; it must be an absolute http or https address ({example}).";
        }
        else if (value.OriginalString.AsSpan().ContainsAny('@', '?', '#'))
        {
            // Not shown: it may hold a password.
            yield return $"{key} has a user, a query or a fragment (not shown); it must be an address and a path only ({example}).";
        }
        else if (!value.IsAbsoluteUri || (value.Scheme != Uri.UriSchemeHttps && value.Scheme != Uri.UriSchemeHttp))
        {
            yield return $"{key} is {GridText.Quote(value.OriginalString)}; it must be an absolute http or https address ({example}).";
        }
        else if (secrets && value.Scheme != Uri.UriSchemeHttps && !value.IsLoopback)
        {
            yield return $"{key} is {GridText.Quote(value.OriginalString)}; it must be https, because requests carry credentials ({example}).";
        }
    }

    public static IEnumerable<string> Times(string section, TimeSpan maxAge, TimeSpan timeout, TimeSpan standardAge)
    {
        if (maxAge < _shortestAge || maxAge > _longestAge) yield return Range($"{section}:MaxAge", maxAge, _shortestAge, _longestAge, standardAge);
        if (timeout < _shortestTimeout || timeout > _longestTimeout)
            yield return Range($"{section}:Timeout", timeout, _shortestTimeout, _longestTimeout, TimeSpan.FromMinutes(1));
    }

    /// <summary>A zone, a region, a location: there is no default for where a service runs.</summary>
    public static IEnumerable<string> Place(string key, string? value, string example)
    {
        if (string.IsNullOrWhiteSpace(value))
            yield return $"{key} is not set; it must name where the electricity is used, such as {example}. There is no default, and nothing guesses it.";
        else if (value.Length > LongestName || value.Any(char.IsControl) || value != value.Trim())
            yield return $"{key} is {GridText.Quote(value)}; it must have from 1 to {LongestName} characters without control characters or spaces around it, such as {example}.";
    }

    /// <summary>A key or a password: its value is never part of a message.</summary>
    public static IEnumerable<string> Secret(string key, string? value, bool inHeader)
    {
        if (string.IsNullOrWhiteSpace(value))
            yield return $"{key} is not set; give it by an environment variable or a secret store.";
        else if (value.Length > LongestSecret || (inHeader && !IsVisibleAscii(value)))
            yield return $"{key} is not valid (its value is not shown); it must have from 1 to {LongestSecret} visible ASCII characters.";
    }

    public static IEnumerable<string> Choice<T>(string key, T? value)
        where T : struct, Enum
    {
        if (value is { } set && Enum.IsDefined(set)) yield break;
        string shown = value is { } wrong ? GridText.Quote(wrong.ToString()) : "not set";
        yield return $"{key} is {shown}; it must be one of {string.Join(", ", Enum.GetNames<T>())}.";
    }

    public static bool IsVisibleAscii(string text) => !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static string Range(string key, TimeSpan value, TimeSpan low, TimeSpan high, TimeSpan standard) =>
        string.Create(CultureInfo.InvariantCulture, $"{key} is {value:c}; it must be from {low:c} to {high:c} (default {standard:c}).");
}
