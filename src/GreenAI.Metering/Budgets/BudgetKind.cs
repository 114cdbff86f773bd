namespace GreenAI.Metering;

/// <summary>What a budget limits.</summary>
public enum BudgetKind
{
    /// <summary>Mass of CO2e in a window; kept in whole micrograms.</summary>
    Emissions,

    /// <summary>Energy in a window; kept in whole microjoules.</summary>
    Energy,

    /// <summary>Mass of CO2e of a mean inference over a window; nothing is reserved for it.</summary>
    EmissionsPerInference,

    /// <summary>Energy of a mean inference over a window; nothing is reserved for it.</summary>
    EnergyPerInference,
}
