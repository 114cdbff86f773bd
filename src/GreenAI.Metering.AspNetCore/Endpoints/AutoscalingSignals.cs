using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>The signals of one model. What is not known is not written: the reader then fails, as it should, where a 0 would scale.</summary>
/// <remarks>
/// No <c>suggestedMaxReplicas</c>: how many replicas there are is not known within one of them. Who knows it multiplies it by <c>carbonHeadroomRatio</c>.
/// </remarks>
internal sealed class AutoscalingSignals(BudgetPressure pressure)
{
    /// <summary>The busiest device class of the host over the shortest window of the indicators, from 0 to 1.</summary>
    public double? HardwareUtilization { get; init; }

    /// <summary>Joules per completed inference over the same window, idle included.</summary>
    public double? EnergyPerInferenceJoules { get; set; }

    /// <summary>Mean watts per mean queries a second over the same window: joules per query.</summary>
    public double? WattsPerQps { get; set; }

    /// <summary>Grams of CO2e of a kilowatt-hour now.</summary>
    public double? CarbonIntensity { get; init; }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("signals");
        Write(writer, "hardwareUtilization", HardwareUtilization);
        Write(writer, "energyPerInferenceJoules", EnergyPerInferenceJoules);
        Write(writer, "wattsPerQps", WattsPerQps);
        Write(writer, "budgetPace", pressure.Pace);
        Write(writer, "budgetRemainingRatio", pressure.RemainingRatio);
        Write(writer, "carbonIntensity", CarbonIntensity);
        Write(writer, "carbonHeadroomRatio", pressure.CarbonHeadroomRatio);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number) writer.WriteNumber(name, number);
    }
}
