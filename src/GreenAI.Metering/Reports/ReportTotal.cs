namespace GreenAI.Metering;

/// <summary>A total of a report, in one shape for all quantities.</summary>
/// <param name="Quantity"><c>energy</c>, <c>operational</c>, <c>embodied</c>, <c>water</c>.</param>
/// <param name="Part">The bucket, or <c>total</c>.</param>
/// <param name="Millionths">In whole millionths of the unit; null for what is not counted so, and for what is unavailable.</param>
/// <param name="Value">In the unit; null when unavailable.</param>
/// <param name="Unit"><c>J</c>, <c>g</c>, <c>L</c>.</param>
/// <param name="Reason">Why it is unavailable, or not whole.</param>
internal readonly record struct ReportTotal(string Quantity, string Part, long? Millionths, double? Value, string Unit, string? Reason = null)
{
    public bool IsOfGrid => Quantity == "operational";

    public static IEnumerable<ReportTotal> Of(EfficiencyReport report)
    {
        ReportEnergy energy = report.Energy;
        string? none = energy.Tier == MeasurementTier.Unavailable ? "No device was read." : null;
        yield return Joules("total", energy.Total, none);
        yield return Joules("settled", energy.Settled, none);
        yield return Joules("open", energy.Open, none);
        yield return Joules("late", energy.Late, none);
        yield return Joules("idle", energy.Idle, none);
        yield return Joules("unattributed", energy.Unattributed, none);
        yield return Joules("other", energy.Other, none);
        ReportCarbon carbon = report.Carbon;
        string? gap = carbon.OperationalGap == CarbonGap.None ? null : carbon.OperationalReason;
        yield return Grams("operational", "total", carbon.Operational?.Total, gap);
        yield return Grams("operational", "models", carbon.Operational?.Models, gap);
        yield return Grams("operational", "idle", carbon.Operational?.Idle, gap);
        yield return Grams("operational", "unattributed", carbon.Operational?.Unattributed, gap);
        yield return Grams("operational", "other", carbon.Operational?.Other, gap);
        yield return Grams("embodied", "total", carbon.Embodied?.Total, carbon.EmbodiedReason);
        yield return Grams("embodied", "models", carbon.Embodied?.Models, carbon.EmbodiedReason);
        yield return Grams("embodied", "idle", carbon.Embodied?.Idle, carbon.EmbodiedReason);
        yield return new("water", "total", null, carbon.WaterLitres, "L", carbon.WaterLitres is null ? "No WUE is stated, or nothing was metered." : null);
    }

    // Where nothing was read there is no number: 0 would be a claim.
    private static ReportTotal Joules(string part, Energy energy, string? unavailable) => unavailable is null
        ? new("energy", part, energy.Microjoules, energy.Joules, "J")
        : new("energy", part, null, null, "J", unavailable);

    private static ReportTotal Grams(string quantity, string part, CarbonMass? mass, string? reason) =>
        new(quantity, part, mass?.Micrograms, mass?.GramsCO2e, "g", reason);
}
