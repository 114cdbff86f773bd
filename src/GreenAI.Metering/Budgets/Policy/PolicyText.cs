using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace GreenAI.Metering;

/// <summary>The bytes of a policy: whether they are JSON, and in which line a place is.</summary>
internal static class PolicyText
{
    /// <summary>No policy lies deeper than 6; the rest is so that a mistake is told by its place.</summary>
    public const int MaxDepth = 16;

    /// <summary>Comments and a comma at the end of a list are taken: people write policies.</summary>
    public static JsonReaderOptions Form { get; } = new() { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The first place at which the text is no JSON or no text; null when there is none.</summary>
    public static PolicyProblem? FindDamage(ReadOnlySpan<byte> json)
    {
        if (FindForeignByte(json) is { } foreign) return foreign;
        JsonWalk walk = new(json, Form);
        try
        {
            while (walk.Next())
            {
            }

            return null;
        }
        catch (JsonException) when (walk.Depth >= MaxDepth)
        {
            return new(walk.Path.ToString(), walk.Line, string.Create(CultureInfo.InvariantCulture, $"It is nested deeper than {MaxDepth} objects and lists."));
        }
        catch (JsonException damaged)
        {
            long line = (damaged.LineNumber ?? 0) + 1;
            long end = 1 + json.Count((byte)'\n');
            string what = string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(json[^Math.Min(json.Length, 64)..])) && walk.Depth == 0
                ? "It is empty; a policy is an object."
                : string.Create(CultureInfo.InvariantCulture, $"It is not JSON from byte {damaged.BytePositionInLine + 1} of that line on: look for a comma, quotation mark or bracket that is missing or too many.");
            return new(walk.Path.ToString(), (int)Math.Min(line, end), what);
        }
        catch (InvalidOperationException)
        {
            return new(walk.Path.ToString(), walk.Line, "It has an escape that is no character, such as \\ud800 alone.");
        }
    }

    /// <summary>The same problems with their lines; a place that is not there has the line of what it is missing from.</summary>
    public static PolicyProblem[] Locate(ReadOnlySpan<byte> json, IReadOnlyList<SchemaProblem> problems)
    {
        int[] lines = new int[problems.Count];
        int[] found = new int[problems.Count];
        JsonWalk walk = new(json, Form);
        while (walk.Next())
        {
            for (int i = 0; i < lines.Length; i++)
            {
                // Longer ones are nearer; the first of several that are equal counts, unless the problem is that there are several.
                int length = walk.Path.Length;
                if ((length > found[i] || (length == found[i] && problems[i].IsRepeated)) && IsOn(walk.Path, problems[i].Path)) (found[i], lines[i]) = (length, walk.Line);
            }
        }

        return [.. problems.Select((problem, index) => new PolicyProblem(problem.Path, Math.Max(1, lines[index]), problem.Reason))];
    }

    private static bool IsOn(StringBuilder path, string wanted) =>
        path.Length <= wanted.Length && path.Equals(wanted.AsSpan(0, path.Length)) && (path.Length == wanted.Length || wanted[path.Length] is '.' or '[');

    private static PolicyProblem? FindForeignByte(ReadOnlySpan<byte> json)
    {
        if (Utf8.IsValid(json)) return null;
        int at = 0;
        while (Rune.DecodeFromUtf8(json[at..], out _, out int length) == System.Buffers.OperationStatus.Done) at += length;
        return new("$", 1 + json[..at].Count((byte)'\n'), "It is not UTF-8.");
    }
}
