using System.Globalization;
using System.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary>Whose request it is, by what the options say: told a second time, so that the two can be compared.</summary>
internal static class WebTenant
{
    private static readonly UnicodeCategory[] _invisible =
    [
        UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.Surrogate, UnicodeCategory.PrivateUse, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator, UnicodeCategory.OtherNotAssigned,
    ];

    /// <summary>Null: of nobody that may be let in.</summary>
    public static string? Of(WebRequest request)
    {
        string? name = request.User?.FindFirst("tid")?.Value ?? (request.Headers["X-Tenant"] is [{ } sent] ? sent : null);
        return IsFit(name) ? name : null;
    }

    public static bool IsFit(string? name) =>
        name is { Length: > 0 and <= 128 } && name[0] != '(' && name.EnumerateRunes().All(IsVisible) && name.Any(static character => !char.IsWhiteSpace(character));

    public static bool IsGrpc(WebRequest request) => request.Headers.ContentType.ToString().StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase);

    private static bool IsVisible(Rune rune) => !_invisible.Contains(Rune.GetUnicodeCategory(rune));
}
