using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Model efficiency as the guide writes it, shown beside <see cref="ModelEfficiencyRatio"/> and held against nothing.</summary>
/// <param name="Accuracy">Accuracy from 0 to 1.</param>
/// <param name="Flops">FLOPs of training and inference.</param>
/// <param name="KilowattHours">Energy of training and inference.</param>
/// <param name="MeanWatts">Mean power in watts; null where it is not known.</param>
public readonly record struct GuideModelEfficiency(double Accuracy, double Flops, double KilowattHours, double? MeanWatts)
{
    /// <summary>Accuracy / (FLOPs + kWh); null when there are neither.</summary>
    public double? Value => Flops + KilowattHours > 0 ? Accuracy / (Flops + KilowattHours) : null;

    /// <summary>Accuracy / watts; null where the power is not known or zero.</summary>
    public double? AccuracyPerWatt => MeanWatts is > 0 and var watts ? Accuracy / watts : null;

    /// <summary>Both with why they are not used, in one line, in the invariant culture.</summary>
    public string Explain() => string.Create(CultureInfo.InvariantCulture, $"""
        As the guide writes it: {Accuracy:0.###} / ({Flops:0.###E+0} FLOPs + {KilowattHours:0.###} kWh) = {Text(Value)}; not used, because it adds operations to kilowatt-hours, and beside the operations the energy vanishes. Accuracy per watt: {Text(AccuracyPerWatt)}; not used, because watts are a rate: a slow run at low power wins, however much energy it takes.
        """);

    private static string Text(double? value) => value is { } known ? known.ToString("0.###E+0", CultureInfo.InvariantCulture) : "undefined";
}
