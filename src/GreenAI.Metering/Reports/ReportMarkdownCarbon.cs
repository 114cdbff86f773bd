namespace GreenAI.Metering;

/// <summary>What a report says of grams, factors and equipment, for people.</summary>
internal static class ReportMarkdownCarbon
{
    public static void Write(MarkdownText text, EfficiencyReport report)
    {
        ReportAccounting rules = report.Accounting;
        text.Heading(2, "Carbon");
        text.Paragraph($"Method {ReportText.Word(rules.Method)}, boundary {ReportText.Word(rules.Boundary)}, PUE {Stated(rules.Pue)}, WUE {Stated(rules.Wue)} L/kWh.");
        Totals(text, report);
        Factors(text, report);
        Items(text, report);
    }

    private static void Totals(MarkdownText text, EfficiencyReport report)
    {
        ReportCarbon carbon = report.Carbon;
        if (carbon.Operational is null) text.Paragraph($"Operational grams are unavailable ({ReportText.Word(carbon.OperationalGap)}). {carbon.OperationalReason}");
        else if (carbon.OperationalGap != CarbonGap.None)
            text.Paragraph($"Operational grams are not of all the energy ({ReportText.Word(carbon.OperationalGap)}). {carbon.OperationalReason}");
        if (carbon.Embodied is null) text.Paragraph($"Embodied grams are unavailable. {carbon.EmbodiedReason}");
        ReportTotal[] known = [.. ReportTotal.Of(report).Where(total => total is { Quantity: "operational" or "embodied", Value: not null })];
        if (known.Length > 0)
        {
            text.Table(
                ["scope", "bucket", ">grams", ">micrograms"],
                known.Select(total => (string?[])[total.Quantity, total.Part, ReportText.Number(total.Value), ReportText.Whole(total.Millionths ?? 0)]));
        }

        text.Paragraph($"Energy with a price: {ReportText.Percent(carbon.PricedShare)}, of which by a fallback: {ReportText.Percent(carbon.FallbackShare)}. Water: {(carbon.WaterLitres is { } water ? ReportText.Number(water, "L") : "unavailable")}.");
    }

    private static void Factors(MarkdownText text, EfficiencyReport report)
    {
        text.Heading(3, "Factors used");
        if (report.Factors.Count == 0) text.Paragraph("None.");
        else text.Table([">g CO2e/kWh", "kind", "zone", "source", "licence", "used from", "used to", ">joules", ">grams", "±", "remarks"], report.Factors.Select(Row));
    }

    private static string?[] Row(ReportFactor use) =>
    [
        ReportText.Number(use.Factor.Intensity.GramsPerKilowattHour), use.Factor.Kind.ToString(), use.Factor.Zone ?? ReportText.NoValue, use.Factor.Source,
        use.Factor.Licence ?? ReportText.NoValue, ReportText.Time(use.From), ReportText.Time(use.To), ReportText.Number(use.Energy.Joules),
        ReportText.Number(use.Operational.GramsCO2e), use.Factor.Uncertainty?.ToString() ?? "unknown",
        ReportText.Sentences(
            use.Factor.IsEstimated ? "estimated" : null,
            use.Factor.IsForecast ? "forecast" : null,
            use.IsHeld ? "held beyond its validity" : null,
            use.IsCombined ? "mean of several" : null,
            use.Factor.FallbackRank > 0 ? FormattableString.Invariant($"fallback {use.Factor.FallbackRank}") : null),
    ];

    private static void Items(MarkdownText text, EfficiencyReport report)
    {
        text.Heading(3, "Equipment whose making is accounted for");
        if (report.EmbodiedItems.Count == 0) text.Paragraph("None.");
        else text.Table(["equipment", ">grams", ">lifespan", ">share", "source"], report.EmbodiedItems.Select(Row));
    }

    private static string?[] Row(ReportEmbodiedItem item) =>
        [item.Name, ReportText.Number(item.Total?.GramsCO2e), ReportText.Number(item.LifespanHours, "h"), ReportText.Percent(item.Share), item.Source];

    private static string Stated(double? figure) => figure is { } stated ? ReportText.Number(stated) : "not stated";
}
