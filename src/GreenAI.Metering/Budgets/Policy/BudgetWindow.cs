namespace GreenAI.Metering;

/// <summary>The time over which a budget counts.</summary>
public sealed class BudgetWindow
{
    /// <summary>Of which kind it is.</summary>
    public required BudgetWindowType Type { get; init; }

    /// <summary>The unit of a calendar window.</summary>
    public CalendarUnit Unit { get; init; }

    /// <summary>The zone by which a calendar window begins, by its IANA name.</summary>
    /// <value><c>UTC</c>.</value>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The month in which a year or a quarter begins, for fiscal years.</summary>
    /// <value>1. From 1 to 12.</value>
    public int FirstMonth { get; init; } = 1;

    /// <summary>The length of a rolling window.</summary>
    public TimeSpan Length { get; init; }

    /// <summary>How much of what a calendar window leaves unspent is added to the next one's limit at most, as a share of the limit.</summary>
    /// <value>0: nothing.</value>
    public double CarryOver { get; init; }
}
