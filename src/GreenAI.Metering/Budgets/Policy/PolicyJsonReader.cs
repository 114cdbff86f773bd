using System.Globalization;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Reads a policy from JSON that anybody may have written: all of it, or an exception that tells what is wrong where.</summary>
internal static class PolicyJsonReader
{
    private const int MostProblems = 20;
    private const string IdStem = "urn:greenai-metering:policy:";

    private static readonly JsonDocumentOptions _form = new()
    {
        MaxDepth = PolicyText.MaxDepth,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <param name="json">UTF-8.</param>
    /// <param name="file">Where it is from, for the message; null for nowhere.</param>
    /// <param name="now">When it shall be in force: then its approvals are counted; null: they are not asked for.</param>
    /// <exception cref="PolicyFormatException">It is no policy, or one that cannot be in force.</exception>
    public static BudgetPolicy Read(ReadOnlyMemory<byte> json, string? file = null, DateTimeOffset? now = null)
    {
        if (json.Length > BudgetPolicy.MaxJsonBytes) throw new PolicyFormatException([TooLong], file);
        if (json.Span.StartsWith(Mark)) json = json[Mark.Length..];
        if (PolicyText.FindDamage(json.Span) is { } damage) throw new PolicyFormatException([damage], file);
        SchemaProblems problems = new(MostProblems);
        using JsonDocument document = JsonDocument.Parse(json, _form);
        BudgetPolicy? policy = Read(document.RootElement, now, problems);
        return problems.Count == 0 ? policy! : throw new PolicyFormatException(PolicyText.Locate(json.Span, problems.Found), file);
    }

    public static PolicyProblem TooLong { get; } =
        new("$", 1, string.Create(CultureInfo.InvariantCulture, $"It is longer than {BudgetPolicy.MaxJsonBytes} bytes; it must be at most that."));

    private static BudgetPolicy? Read(JsonElement root, DateTimeOffset? now, SchemaProblems problems)
    {
        CheckSchemaName(root, problems);
        if (problems.Count > 0) return null;
        PolicySchema.Root.Check(root, problems);
        problems.Under(0, "$");
        if (problems.Count > 0) return null;
        BudgetPolicy policy = new PolicyMapper(problems).Read(root);
        PolicyRules.Check(policy, problems);
        if (problems.Count == 0 && now is { } time && PolicyApprovals.Missing(policy, time) is { } missing) problems.Add("$.approvals", missing);
        return policy;
    }

    // Before all else: a policy for a newer library would be refused for what is new in it.
    private static void CheckSchemaName(JsonElement root, SchemaProblems problems)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("$schema"u8, out JsonElement name) || name.ValueKind != JsonValueKind.String) return;
        string text = name.GetString()!;
        if (text == BudgetPolicy.SchemaId || text.EndsWith("policy.schema.json", StringComparison.Ordinal)) return;
        problems.Add("$.$schema", text.StartsWith(IdStem, StringComparison.Ordinal)
            ? $"It is {SchemaWords.Shown(name)} and this library reads \"{BudgetPolicy.SchemaId}\": read it with the version of GreenAI.Metering that it was written for."
            : $"It is {SchemaWords.Shown(name)}; it must be \"{BudgetPolicy.SchemaId}\" or a path or address that ends in policy.schema.json.");
    }
}
