namespace GreenAI.Metering;

/// <summary>Kinds of windows.</summary>
public enum BudgetWindowType
{
    /// <summary>Hours, days, weeks, months, quarters or years of a calendar in a time zone.</summary>
    Calendar,

    /// <summary>The time up to now, of a given length.</summary>
    Rolling,

    /// <summary>Without an end, from the policy's first day on: a project's budget.</summary>
    Lifetime,
}
