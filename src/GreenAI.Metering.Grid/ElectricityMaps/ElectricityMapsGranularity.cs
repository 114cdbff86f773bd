namespace GreenAI.Metering;

/// <summary>How long one figure of Electricity Maps holds.</summary>
public enum ElectricityMapsGranularity
{
    /// <summary>An hour.</summary>
    Hourly,

    /// <summary>A quarter of an hour, where the plan has it.</summary>
    FifteenMinutes,

    /// <summary>Five minutes, where the plan has it.</summary>
    FiveMinutes,
}
