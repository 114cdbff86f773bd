namespace GreenAI.Metering;

/// <summary>Why an embodied amount is undefined. Undefined is not zero.</summary>
public enum EmbodiedGap
{
    /// <summary>It is defined.</summary>
    None,

    /// <summary>No total is stated.</summary>
    NoTotal,

    /// <summary>No lifespan is stated.</summary>
    NoLifespan,

    /// <summary>Not utilised: no useful hour to bear it.</summary>
    NoUtilization,
}
