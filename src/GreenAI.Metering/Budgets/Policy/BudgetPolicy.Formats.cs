using System.Text;

namespace GreenAI.Metering;

// How a policy is written and read.
public sealed partial class BudgetPolicy
{
    /// <summary>The <c>$id</c> of <see cref="JsonSchema"/>.</summary>
    public const string SchemaId = "urn:greenai-metering:policy:1";

    /// <summary>The most bytes of JSON that are read: 4 MiB.</summary>
    public const int MaxJsonBytes = 4 << 20;

    private string? _hash;

    /// <summary>The JSON Schema (2020-12) of policies; its <c>$id</c> is <see cref="SchemaId"/>.</summary>
    public static string JsonSchema => PolicySchema.Text;

    /// <summary>
    /// What tells this policy from every other: <c>sha256:</c> and 64 hexadecimal digits, of everything it says. How its text is laid out and in which
    /// units it states amounts does not matter, nor the order of roles, approvals, inclusions and exemptions. The order of budgets, targets, steps, burn rules,
    /// waivers and charters does: of two that hold alike the first may decide.
    /// </summary>
    /// <remarks>Made once, when it is first asked for.</remarks>
    /// <exception cref="PolicyFormatException">It was made in code and holds something that is not possible.</exception>
    public string Hash => _hash ??= PolicyHash.Of(this);

    /// <summary>Reads a policy from JSON in UTF-8 by <see cref="JsonSchema"/>. Comments and commas at the ends of lists are passed over.</summary>
    /// <remarks>Nothing else is: what is not known, not possible or contradictory is an error. Approvals are not asked for: a meter does that.</remarks>
    /// <exception cref="PolicyFormatException">It is refused; up to 20 problems are told by path and line.</exception>
    public static BudgetPolicy FromJson(ReadOnlyMemory<byte> json) => PolicyJsonReader.Read(json);

    /// <summary>Reads a policy from JSON, as <see cref="FromJson(ReadOnlyMemory{byte})"/> does.</summary>
    /// <exception cref="PolicyFormatException">It is refused; up to 20 problems are told by path and line.</exception>
    public static BudgetPolicy FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Length <= MaxJsonBytes ? PolicyJsonReader.Read(Encoding.UTF8.GetBytes(json)) : throw new PolicyFormatException([PolicyJsonReader.TooLong]);
    }

    /// <summary>The policy as JSON by <see cref="JsonSchema"/>: indented, everything said that has a default, always in the same order.</summary>
    /// <exception cref="PolicyFormatException">It was made in code and holds something that is not possible; the message tells its place in the JSON.</exception>
    public string ToJson() => Encoding.UTF8.GetString(PolicyJsonWriter.Write(this, isIndented: true).Span);
}
