using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GreenAI.Metering;

/// <summary>Which form of a report a request asks for: by <c>format</c>, else by the Accept header, else JSON.</summary>
internal static class ReportFormat
{
    // A header of a proxy or a browser has a handful; what comes after that is not looked at.
    private const int MostAccepted = 16;

    public static bool TryRead(HttpRequest request, ReadOnlySpan<string> known, out string format)
    {
        if (request.Query.TryGetValue("format", out StringValues asked)) return TryFind(asked, known, out format);
        format = Accepted(request, known) ?? known[0];
        return true;
    }

    /// <summary>One of the known words, capitals aside; what is given twice, or is nothing, is none of them.</summary>
    public static bool TryFind(StringValues asked, ReadOnlySpan<string> known, out string found)
    {
        found = "";
        if (asked.Count != 1) return false;
        foreach (string word in known)
        {
            if (!word.Equals(asked[0], StringComparison.OrdinalIgnoreCase)) continue;
            found = word;
            return true;
        }

        return false;
    }

    private static string? Accepted(HttpRequest request, ReadOnlySpan<string> known)
    {
        // What cannot be parsed states no preference: an answer is worth more than a refusal.
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? list)) return null;
        string? best = null;
        double quality = 0;
        for (int i = 0; i < list.Count && i < MostAccepted; i++)
        {
            double told = list[i].Quality ?? 1;
            if (told <= quality || Word(list[i].MediaType) is not { } word || !known.Contains(word)) continue;
            (best, quality) = (word, told);
        }

        return best;
    }

    private static string? Word(StringSegment type) =>
        type.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? "json"
        : type.Equals("text/markdown", StringComparison.OrdinalIgnoreCase) ? "markdown"
        : type.Equals("text/csv", StringComparison.OrdinalIgnoreCase) ? "csv"
        : null;
}
