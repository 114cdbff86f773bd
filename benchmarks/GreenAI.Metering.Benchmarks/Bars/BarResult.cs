using System.Globalization;

namespace GreenAI.Metering.Benchmarks;

/// <summary>What a row measured: our cost against the floor measured in the same run.</summary>
internal sealed record BarResult(
    string Name, double Ours, double Floor, string Unit, double Ratio, double Limit, double Bytes, double BytesBudget)
{
    public static string Header =>
        $"{"name",-28} {"ours",12} {"floor",12} {"ratio",7} {"bar",6} {"B/op",8} {"budget",8}";

    public bool Holds => Ratio <= Limit && Bytes <= BytesBudget;

    /// <summary>One line of the table.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-28} {Ours,9:F1} {Unit} {Floor,9:F1} {Unit} {Ratio,7:0.00##} {Limit,6:0.00##} {Bytes,8:F2} {BytesBudget,8:F2} {(Holds ? "ok" : "short")}");
}
