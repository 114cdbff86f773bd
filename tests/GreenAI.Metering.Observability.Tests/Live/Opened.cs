using System.Text.RegularExpressions;

namespace GreenAI.Metering.Observability.Tests.Live;

/// <summary>
/// Alerts of a healthy service are empty, and so are alerts whose labels do not match. Opened, an alert gives a row wherever its parts have data that
/// match, whatever the threshold: comparisons tell 0 or 1, and what excludes must be there.
/// </summary>
internal static partial class Opened
{
    public static string Alert(string expression)
    {
        string[] parts = Selector().Split(expression);
        string[] selectors = [.. Selector().Matches(expression).Select(static match => match.Value)];
        IEnumerable<string> opened = parts.Select(static part => Comparison().Replace(part, "$1 bool ").Replace("unless on", "and on", StringComparison.Ordinal));
        return string.Concat(opened.Zip([.. selectors, ""], static (part, selector) => part + selector));
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"(>=|<=|==|!=|>|<)")]
    private static partial Regex Comparison();
}
