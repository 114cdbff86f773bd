namespace GreenAI.Metering;

/// <summary>An account of a ledger: a budget, or one value of a budget that has one for each model or tenant.</summary>
/// <remarks>Immutable.</remarks>
public sealed class LedgerAccount
{
    /// <summary>The most characters of a key.</summary>
    public const int MaxKeyLength = 800;

    /// <summary>Which account; the same for all holders. From 1 to <see cref="MaxKeyLength"/> characters.</summary>
    public required string Key { get; init; }

    /// <summary>Its window.</summary>
    public required BudgetWindow Window { get; init; }

    /// <summary>
    /// What may be granted in a period, in whole micrograms or microjoules; <see cref="long.MaxValue"/>: nothing is refused, spend is only counted.
    /// </summary>
    public required long Limit { get; init; }

    /// <summary>
    /// The budget's limit, by which what is carried over is reckoned: <see cref="Limit"/> may be another share of it, or no limit at all. 0: <see cref="Limit"/>.
    /// </summary>
    public long CarryBase { get; init; }

    /// <summary>By what carrying over is reckoned.</summary>
    internal long Nominal => CarryBase > 0 ? CarryBase : Limit;

    /// <summary>When a lifetime window begins.</summary>
    public DateTimeOffset Start { get; init; } = DateTimeOffset.UnixEpoch;
}
