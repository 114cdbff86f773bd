namespace GreenAI.Metering;

/// <summary>Whose spend a budget counts. Each part that is null counts everybody's; all parts that are given must match.</summary>
/// <remarks>An inference must fit every budget whose scope it is in: that is the hierarchy.</remarks>
public sealed class BudgetScope
{
    /// <summary>Stands for each value apart: a budget of its own for every model, or every tenant.</summary>
    public const string Each = "*";

    /// <summary>The model's name, <see cref="Each"/>, or null.</summary>
    public string? Model { get; init; }

    /// <summary>The tenant's name, <see cref="Each"/>, or null.</summary>
    public string? Tenant { get; init; }

    /// <summary>The service's name (its options say what it is called), or null.</summary>
    public string? Service { get; init; }

    /// <summary>
    /// The host's name, <see cref="Each"/>, or null. A budget of a host counts what its process spends outside inferences too: its idle share and unattributed energy.
    /// </summary>
    public string? Host { get; init; }
}
