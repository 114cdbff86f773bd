namespace GreenAI.Metering;

/// <summary>Why an indicator has no value. Undefined is not zero.</summary>
public enum KpiGap
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>No inference was completed in the window.</summary>
    NoInference,

    /// <summary>No inference of the window gave a result.</summary>
    NoSuccess,

    /// <summary>No work unit was reported.</summary>
    NoUnits,

    /// <summary>Nothing was metered: no device was read, or the counters rose no more than the floor.</summary>
    NoEnergy,

    /// <summary>No grid factor applied; <see cref="CarbonGap"/> says why.</summary>
    NoCarbonFactor,

    /// <summary>A grid factor applied to less than 95 % of the window's energy: the sum would be too low.</summary>
    PartialCarbon,

    /// <summary>No embodied figures are stated, or one of them is incomplete.</summary>
    NoEmbodied,

    /// <summary>No accuracy was reported.</summary>
    NoAccuracy,

    /// <summary>The training was given in FLOPs without FLOP per joule.</summary>
    NoFlopsPerJoule,

    /// <summary>No attempt at a solution was recorded.</summary>
    NoAttempt,

    /// <summary>Attempts were made, and none has reached the outcome: not achieved. The energy is in the numerator.</summary>
    NotAchieved,

    /// <summary>No capacity is known.</summary>
    NoCapacity,

    /// <summary>Not utilised: dividing by nothing.</summary>
    NoUtilization,

    /// <summary>No training data was reported.</summary>
    NoData,

    /// <summary>No load in the period.</summary>
    NoLoad,

    /// <summary>No green energy was reported, not even none.</summary>
    NoRenewables,

    /// <summary>No outcome was reported.</summary>
    NoOutcome,

    /// <summary>No functional unit (R) was counted.</summary>
    NoFunctionalUnit,

    /// <summary>The window has not been open for long enough.</summary>
    TooEarly,

    /// <summary>No training energy was reported; <see cref="TrainingEnergy.None"/> says that there is none to count.</summary>
    NoTraining,

    /// <summary>The utilisation of a device that goes in was not read.</summary>
    NotRead,

    /// <summary>The overhead of the data centre (PUE) is not stated: the load of the site is not known.</summary>
    NoPue,
}
