using System.Text;

namespace GreenAI.Metering;

/// <summary>The script that books and grants.</summary>
internal static class RedisLedgerScript
{
    /// <summary>Its text, without comments: a server is told it once.</summary>
    public static string Text { get; } = Load();

    private static string Load()
    {
        using Stream stream = typeof(RedisLedgerScript).Assembly.GetManifestResourceStream("GreenAI.Metering.ledger.lua")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = new StringBuilder();
        while (reader.ReadLine() is { } line)
        {
            if (!line.TrimStart().StartsWith("--", StringComparison.Ordinal)) text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}
