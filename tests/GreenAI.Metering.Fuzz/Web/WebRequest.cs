using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace GreenAI.Metering.Fuzz;

/// <summary>
/// A request as text, read as Kestrel reads one: a request line and headers. Lines that begin with @ say what does not come over the wire: the address of the caller
/// (@remote), HTTPS (@https), a claim that names its tenant (@tenant), and that it has gone already (@gone).
/// </summary>
internal sealed class WebRequest
{
    public required string Method { get; init; }

    public required string Path { get; init; }

    public required string Query { get; init; }

    public required string Protocol { get; init; }

    public IHeaderDictionary Headers { get; } = new HeaderDictionary();

    public IPAddress? Remote { get; private set; } = IPAddress.Loopback;

    public bool IsHttps { get; private set; }

    public bool HasGone { get; private set; }

    public ClaimsPrincipal? User { get; private set; }

    /// <summary>Null: a server refuses it before any of our code sees it. Headers that it would refuse for are left out: the others are worth trying.</summary>
    public static WebRequest? Parse(ReadOnlySpan<byte> bytes)
    {
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
        string[] start = lines[0].Split(' ');
        if (start is not [var method, ['/', ..] sent, ..] || !IsToken(method) || sent.AsSpan().ContainsAny('\0', '\r')) return null;
        string target = Ascii.IsValid(sent) ? sent : Escaped(sent);
        int query = target.IndexOf('?', StringComparison.Ordinal);
        var request = new WebRequest
        {
            Method = method,
            // An escaped slash stays as it is.
            Path = Uri.UnescapeDataString((query < 0 ? target : target[..query]).Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase)),
            Query = query < 0 ? "" : target[query..],
            Protocol = start is [_, _, "HTTP/1.0" or "HTTP/2"] ? start[2] : "HTTP/1.1",
        };
        foreach (string line in lines.AsSpan(1)) request.Take(line);
        return request.Path.Contains('\0', StringComparison.Ordinal) ? null : request;
    }

    private void Take(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        // What is not UTF-8 has become the replacement character.
        if (colon < 1 || line.AsSpan().ContainsAny('\0', '\r', '\uFFFD')) return;
        string name = line[..colon];
        string value = line[(colon + 1)..].Trim(' ', '\t');
        if (name == "@remote") Remote = IPAddress.TryParse(value, out IPAddress? address) ? address : null;
        else if (name == "@https") IsHttps = true;
        else if (name == "@gone") HasGone = true;
        else if (name == "@tenant") User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("tid", value)], "fuzz"));
        else if (IsToken(name)) Headers[name] = StringValues.Concat(Headers[name], value);
    }

    // As clients do; a server takes ASCII only.
    private static string Escaped(string target) => string.Concat(target.EnumerateRunes().Select(static rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    private static bool IsToken(string name) => name.Length > 0 && name.All(static character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal));
}
