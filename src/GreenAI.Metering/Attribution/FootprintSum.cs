namespace GreenAI.Metering;

/// <summary>Adds footprints up.</summary>
internal static class FootprintSum
{
    public static InferenceFootprint Of(in InferenceFootprint one, in InferenceFootprint other)
    {
        double marginals = one.Marginals + other.Marginals;
        double ticks = one.ActiveTicks + (double)other.ActiveTicks;
        UnavailableReason reason = Worse(one.Reason, other.Reason);
        if (reason == UnavailableReason.BelowResolution && marginals >= 1) reason = UnavailableReason.None;
        return one with
        {
            Stage = one.Stage < other.Stage ? one.Stage : other.Stage,
            Reason = reason,
            Tier = reason != UnavailableReason.None ? MeasurementTier.Unavailable : Worse(one, other),
            IncludesIdle = one.IncludesIdle || other.IncludesIdle,
            Units = one.Units + other.Units,
            Ticks = one.Ticks + other.Ticks,
            ActiveTicks = one.ActiveTicks + other.ActiveTicks,
            Coverage = Mean(one.Coverage, one.ActiveTicks, other.Coverage, other.ActiveTicks, ticks),
            Below = Mean(one.Below, one.Marginals, other.Below, other.Marginals, marginals),
            Above = Mean(one.Above, one.Marginals, other.Above, other.Marginals, marginals),
            UpperMicrojoules = one.UpperMicrojoules + other.UpperMicrojoules,
            Marginals = marginals,
            Idles = one.Idles + other.Idles,
            MicrogramsPerMicrojoule = Price(one, other, marginals),
            ModelledRemainder = one.ModelledRemainder + other.ModelledRemainder,
        };
    }

    // Without a figure of its own a part takes the sum's away, unless it is known to be less than what can be resolved.
    private static UnavailableReason Worse(UnavailableReason one, UnavailableReason other) =>
        one is UnavailableReason.None or UnavailableReason.BelowResolution ? other == UnavailableReason.None ? one : other : one;

    private static MeasurementTier Worse(in InferenceFootprint one, in InferenceFootprint other) =>
        one.Reason != UnavailableReason.None ? other.Tier : other.Reason != UnavailableReason.None || one.Tier >= other.Tier ? one.Tier : other.Tier;

    // Both are added with their own factor; a part that has none, and energy, takes the grams of the sum away.
    private static double Price(in InferenceFootprint one, in InferenceFootprint other, double marginals) =>
        marginals <= 0 ? one.MicrogramsPerMicrojoule
        : one.Marginals <= 0 ? other.MicrogramsPerMicrojoule
        : other.Marginals <= 0 ? one.MicrogramsPerMicrojoule
        : Mean(one.MicrogramsPerMicrojoule, one.Marginals, other.MicrogramsPerMicrojoule, other.Marginals, marginals);

    private static double Mean(double one, double oneWeight, double other, double otherWeight, double weight) =>
        weight > 0 ? ((one * oneWeight) + (other * otherWeight)) / weight : one;
}
