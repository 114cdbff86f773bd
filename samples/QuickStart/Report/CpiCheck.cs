using System.Text.Json;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>
/// Carbon per Inference of the host, computed once more from the fields of the written report, as any reader can: nothing of the
/// library is used but the file.
/// </summary>
/// <param name="Stated">The value that the report gives, in grams.</param>
/// <param name="OperationalMicrograms">Ours and idle; other processes' grams are not in it.</param>
/// <param name="EmbodiedMicrograms">What the hardware's making adds.</param>
/// <param name="Inferences">All that ended.</param>
/// <param name="Buckets">Of how many buckets, each rounded down to a microgram, the grams are the sum.</param>
internal sealed record CpiCheck(double Stated, long OperationalMicrograms, long EmbodiedMicrograms, long Inferences, int Buckets)
{
    public double Recomputed => (OperationalMicrograms + EmbodiedMicrograms) / 1e6 / Inferences;

    /// <summary>Whether they agree but for what rounding down has taken.</summary>
    public bool Agrees => Math.Abs(Stated - Recomputed) <= Buckets / 1e6 / Inferences;

    /// <summary>The check of a report; null where it states no such value: there is none, or no window covers all of the run.</summary>
    public static CpiCheck? Of(JsonElement report)
    {
        JsonElement carbon = report.GetProperty("carbon");
        JsonElement operational = carbon.GetProperty("operational"), embodied = carbon.GetProperty("embodied");
        if (operational.ValueKind == JsonValueKind.Null || embodied.ValueKind == JsonValueKind.Null) return null;
        double elapsed = report.GetProperty("elapsedSeconds").GetDouble();
        foreach (JsonElement row in report.GetProperty("kpis").EnumerateArray())
        {
            if (row.GetProperty("abbreviation").GetString() != "CPI" || row.GetProperty("model").ValueKind != JsonValueKind.Null
                || row.GetProperty("value").ValueKind == JsonValueKind.Null || row.GetProperty("windowSeconds").GetDouble() < elapsed) continue;
            JsonElement models = report.GetProperty("models");
            return new CpiCheck(
                row.GetProperty("value").GetDouble(),
                Micrograms(operational, "models") + Micrograms(operational, "idle") + Micrograms(operational, "unattributed"),
                Micrograms(embodied, "total"),
                models.EnumerateArray().Sum(Ended),
                (2 * models.GetArrayLength()) + 3);
        }

        return null;
    }

    /// <summary>For a reader: which fields, and the numbers in them.</summary>
    public IEnumerable<string> Lines()
    {
        yield return "Carbon per Inference of the host, from the fields of that file:";
        yield return FormattableString.Invariant(
            $"  carbon.operational.models + .idle + .unattributed = {OperationalMicrograms:N0} µg; carbon.embodied.total = {EmbodiedMicrograms:N0} µg");
        yield return FormattableString.Invariant(
            $"  ({OperationalMicrograms:N0} + {EmbodiedMicrograms:N0}) / {Inferences:N0} inferences = {Recomputed * 1e6:0.####} µg; kpis says {Stated * 1e6:0.####} µg: {(Agrees ? "they agree" : "THEY DIFFER")}");
        yield return "  (but for what the file rounds: each bucket of grams down to a whole µg)";
    }

    private static long Micrograms(JsonElement masses, string name) => masses.GetProperty(name).GetProperty("micrograms").GetInt64();

    private static long Ended(JsonElement model) =>
        model.GetProperty("succeeded").GetInt64() + model.GetProperty("failed").GetInt64() + model.GetProperty("abandoned").GetInt64();
}
