using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>The hash of what a policy says.</summary>
internal static class PolicyHash
{
    private static readonly HashSet<string> _sets = new(["requiredRoles", "approvals", "include", "exempt"], StringComparer.Ordinal);

    public static string Of(BudgetPolicy policy)
    {
        using JsonDocument document = JsonDocument.Parse(PolicyJsonWriter.Write(policy, isIndented: false));
        return Of(Encoding.UTF8.GetBytes(Canonical(document.RootElement, isSet: false)));
    }

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
#pragma warning disable CA1308 // Hashes are written in small letters everywhere.
        return "sha256:" + Convert.ToHexString(hash).ToLowerInvariant();
#pragma warning restore CA1308
    }

    // The writer's order of properties is fixed. Of two steps, rules or waivers that both hold the first may decide: only lists that are sets are sorted.
    private static string Canonical(JsonElement element, bool isSet) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(part => $"\"{part.Name}\":{Canonical(part.Value, _sets.Contains(part.Name))}"))}}}",
        JsonValueKind.Array when isSet => $"[{string.Join(',', Items(element).Order(StringComparer.Ordinal))}]",
        JsonValueKind.Array => $"[{string.Join(',', Items(element))}]",
        _ => element.GetRawText(),
    };

    private static IEnumerable<string> Items(JsonElement list) => list.EnumerateArray().Select(item => Canonical(item, isSet: false));
}
