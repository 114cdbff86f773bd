namespace GreenAI.Metering.GpuAcceptance;

/// <summary>The rows as text, one line each, columns in line.</summary>
internal static class RowTable
{
    private static readonly string[] _heads =
        ["device", "phase", "s", "ours J", "NVML J", "diff %", "smi J", "diff %", "coverage", "tier", "verdict"];

    public static void Print(TextWriter output, IEnumerable<PhaseRow> rows)
    {
        string[][] lines = [_heads, .. rows.Select(Cells)];
        int[] widths = [.. _heads.Select((_, i) => lines.Max(line => line[i].Length))];
        foreach (string[] line in lines)
        {
            output.WriteLine(string.Join("  ", line.Select((cell, i) => Align(cell, widths[i], i is < 2 or > 8))).TrimEnd());
        }
    }

    private static string[] Cells(PhaseRow row) =>
    [
        row.Device, row.Phase, Number(row.Duration.TotalSeconds, 2), Number(row.Ours, 2), Number(row.Nvml, 2),
        Percent(row.NvmlDifference), Number(row.Smi, 2), Percent(row.SmiDifference), Number(row.Coverage, 3), $"{row.Tier}",
        Verdict(row) + row.SmiRemark,
    ];

    private static string Verdict(PhaseRow row) => row.Verdict switch
    {
        RowVerdict.Agrees => "ok",
        RowVerdict.Disagrees => "DISAGREES",
        RowVerdict.NotRead => "NOT READ",
        _ => "no counter to compare with",
    };

    private static string Align(string cell, int width, bool left) => left ? cell.PadRight(width) : cell.PadLeft(width);

    private static string Percent(double? ratio) =>
        ratio is { } known ? FormattableString.Invariant($"{known * 100:+0.00;-0.00;0.00}") : "-";

    private static string Number(double? value, int digits) =>
        value?.ToString(digits == 2 ? "0.00" : "0.000", System.Globalization.CultureInfo.InvariantCulture) ?? "-";
}
