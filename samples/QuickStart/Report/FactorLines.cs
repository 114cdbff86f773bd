using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>With which factor and which hardware the grams were made: a gram without its factor says nothing.</summary>
internal static class FactorLines
{
    public static void Print(IAnsiConsole console, CarbonTotals carbon)
    {
        if (carbon.CurrentFactor is { } factor)
        {
            string estimated = factor.IsEstimated ? ", estimated" : "";
            string pue = carbon.Pue is { } overhead ? FormattableString.Invariant($"PUE {overhead:0.0##}") : "PUE not stated";
            console.WriteLine(FormattableString.Invariant(
                $"Grid: {factor.Intensity.GramsPerKilowattHour:0.##} g CO2e/kWh of {factor.Zone ?? "a place not named"} ({factor.Kind}{estimated}), {pue}."));
            string licence = factor.Licence is { } terms ? $", {terms}" : "";
            console.WriteLine($"  Source: {factor.Source}{licence}.");
        }
        else
        {
            console.WriteLine($"Grid: no factor. {carbon.Reason}");
        }

        foreach (EmbodiedItem item in carbon.EmbodiedItems)
        {
            string lifespan = item.Lifespan is { } time
                ? FormattableString.Invariant($"over {time.TotalDays / 365:0.##} years")
                : "with no lifespan stated";
            console.WriteLine(FormattableString.Invariant(
                $"Embodied: {item.Name}, {item.Total.GramsCO2e / 1000:#,0.##} kg {lifespan}, {item.Share:P0} of it reserved."));
            console.WriteLine($"  Source: {item.Source ?? "stated without a source"}.");
            if (item.Uncertainty is null)
                console.WriteLine("  It gives no uncertainty: of whatever holds embodied grams (CPI, M, ECA, SCI) it is unknown too.");
        }

        if (carbon.EmbodiedReason is { } reason) console.WriteLine($"Embodied: {reason}");
    }
}
