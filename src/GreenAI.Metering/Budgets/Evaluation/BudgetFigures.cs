namespace GreenAI.Metering;

/// <summary>What is known of an account at a tick. Amounts are in micrograms of CO2e or microjoules.</summary>
internal readonly struct BudgetFigures
{
    /// <summary>Now, in UTC.</summary>
    public long UtcTicks { get; init; }

    /// <summary>When the period began; of a rolling window: its length ago.</summary>
    public long PeriodStartTicks { get; init; }

    /// <summary>When it ends; of a rolling window: now.</summary>
    public long PeriodEndTicks { get; init; }

    /// <summary>The limit with what was carried over; of a kind per inference: the limit of a mean inference.</summary>
    public double Limit { get; init; }

    /// <summary>What is spent in the period. Of a kind per inference: by this process.</summary>
    public double Spent { get; init; }

    /// <summary>
    /// What was spent since the account came into being, over all periods: the pace is taken from it. NaN: the pace is taken from <see cref="Spent"/>; what falls
    /// out of a rolling window between two ticks is then missed.
    /// </summary>
    public double Charged { get; init; }

    /// <summary>How many inferences asked since the account came into being, refused ones too.</summary>
    public long Requests { get; init; }

    /// <summary>How many inferences were charged in the period, by this process.</summary>
    public long Inferences { get; init; }

    /// <summary>The part of the period's spend that was measured, as far as this process knows it.</summary>
    public double SpentMeasured { get; init; }

    /// <summary>The part of the period's spend that was modelled, as far as this process knows it.</summary>
    public double SpentModelled { get; init; }

    /// <summary>The share of the spend whose tier is below one; 0 while nothing is spent.</summary>
    public double ShareBelow(MeasurementTier tier)
    {
        double total = SpentMeasured + SpentModelled;
        return tier == MeasurementTier.Measured && total > 0 ? SpentModelled / total : 0;
    }
}
