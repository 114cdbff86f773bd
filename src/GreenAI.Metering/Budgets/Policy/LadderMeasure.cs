namespace GreenAI.Metering;

/// <summary>What a step of a ladder looks at.</summary>
public enum LadderMeasure
{
    /// <summary>What is spent.</summary>
    Actual,

    /// <summary>What will have been spent at the end of the window if it goes on like this.</summary>
    Forecast,
}
