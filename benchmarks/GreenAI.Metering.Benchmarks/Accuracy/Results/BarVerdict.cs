using System.Globalization;

namespace GreenAI.Metering.Benchmarks;

/// <summary>One bar and what it was held against. A figure that there is not misses its bar.</summary>
internal sealed record BarVerdict(string Bar, double? Value, double Limit, bool AtLeast = false)
{
    public bool Held => Value is { } value && (AtLeast ? value >= Limit : value <= Limit);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Held ? "held  " : "MISSED")} {Bar}: {(Value is { } value ? value.ToString("0.0##", CultureInfo.InvariantCulture) : "-")} (bar {(AtLeast ? "≥" : "≤")} {Limit})");
}
