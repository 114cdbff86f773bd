namespace GreenAI.Metering;

/// <summary>Units of calendar windows.</summary>
public enum CalendarUnit
{
    /// <summary>The minute.</summary>
    Minute,

    /// <summary>The hour.</summary>
    Hour,

    /// <summary>The day.</summary>
    Day,

    /// <summary>The week, from Monday on (ISO 8601).</summary>
    Week,

    /// <summary>The month.</summary>
    Month,

    /// <summary>Three months.</summary>
    Quarter,

    /// <summary>The year.</summary>
    Year,
}
