using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>The hash of what a policy says.</summary>
internal static class PolicyHash
{
    public static string Of(BudgetPolicy policy)
    {
        using JsonDocument document = JsonDocument.Parse(PolicyJsonWriter.Write(policy, isIndented: false));
        return Of(Encoding.UTF8.GetBytes(Canonical(document.RootElement)));
    }

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
#pragma warning disable CA1308 // Hashes are written in small letters everywhere.
        return "sha256:" + Convert.ToHexString(hash).ToLowerInvariant();
#pragma warning restore CA1308
    }

    // The writer's order of properties is fixed. Lists of a policy are sets: no list's order means anything, and so all are sorted.
    private static string Canonical(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(part => $"\"{part.Name}\":{Canonical(part.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Canonical).Order(StringComparer.Ordinal))}]",
        _ => element.GetRawText(),
    };
}
