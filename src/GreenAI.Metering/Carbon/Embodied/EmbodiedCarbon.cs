namespace GreenAI.Metering;

/// <summary>Spreads the emissions of making hardware over its use.</summary>
/// <remarks>
/// Pure functions. <see cref="HourlyRate"/> and <see cref="OfTime"/> follow ISO/IEC 21031 (SCI): every hour of the lifespan bears
/// the same, used or not, and all hours together bear the total. <see cref="RatePerUsefulHour"/> charges useful hours alone, so that
/// they together bear the total. Whoever adds the two counts the same hardware twice: never sum them. What is missing makes a
/// result undefined with a reason; what is impossible throws.
/// </remarks>
public static class EmbodiedCarbon
{
    /// <summary>Grams of CO2e an hour of the hardware bears, used or not: TE / lifespan.</summary>
    /// <param name="total">All embodied emissions (TE); null when unknown.</param>
    /// <param name="lifespan">How long the hardware is kept (EL); null when unknown.</param>
    /// <returns>Grams per hour.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The total or the lifespan is not above 0.</exception>
    public static EmbodiedResult HourlyRate(CarbonMass? total, TimeSpan? lifespan)
    {
        EmbodiedGap gap = Check(total, lifespan);
        return gap == EmbodiedGap.None
            ? EmbodiedResult.Of(total!.Value.GramsCO2e / lifespan!.Value.TotalHours)
            : EmbodiedResult.Undefined(gap);
    }

    /// <summary>Grams of CO2e of a reserved part for a reserved time, SCI's M: TE × TiR / EL × RR / ToR.</summary>
    /// <param name="total">All embodied emissions (TE); null when unknown.</param>
    /// <param name="lifespan">How long the hardware is kept (EL); null when unknown.</param>
    /// <param name="reserved">How long it is reserved (TiR).</param>
    /// <param name="share">Which part of it is reserved (RR / ToR), 0 to 1; see <see cref="ResourceShare"/>.</param>
    /// <returns>Grams.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The total or the lifespan is not above 0, the time is negative or longer than the lifespan, or the share is not from 0 to 1.
    /// </exception>
    public static EmbodiedResult OfTime(CarbonMass? total, TimeSpan? lifespan, TimeSpan reserved, double share)
    {
        EmbodiedGap gap = Check(total, lifespan);
        if (reserved < TimeSpan.Zero || reserved > lifespan)
        {
            throw new ArgumentOutOfRangeException(nameof(reserved), reserved, "The reserved time must be from 0 to the lifespan.");
        }

        if (!(share is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "A share must be from 0 to 1.");
        return gap == EmbodiedGap.None
            ? EmbodiedResult.Of(total!.Value.GramsCO2e * (reserved / lifespan!.Value) * share)
            : EmbodiedResult.Undefined(gap);
    }

    /// <summary>Grams of CO2e a useful hour bears: TE / (lifespan × utilisation). Not to be added to SCI's M.</summary>
    /// <param name="total">All embodied emissions (TE); null when unknown.</param>
    /// <param name="lifespan">How long the hardware is kept; null when unknown.</param>
    /// <param name="utilization">The useful part of its time, up to 1; at 0 or below there is no useful hour.</param>
    /// <returns>Grams per useful hour.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The total or the lifespan is not above 0, or the utilisation is above 1 or not a number.
    /// </exception>
    public static EmbodiedResult RatePerUsefulHour(CarbonMass? total, TimeSpan? lifespan, double utilization)
    {
        EmbodiedGap gap = Check(total, lifespan);
        if (!(utilization <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(utilization), utilization, "A utilisation must be up to 1: it is a part of the time, not percent.");
        }

        if (gap == EmbodiedGap.None && utilization <= 0) gap = EmbodiedGap.NoUtilization;
        return gap == EmbodiedGap.None
            ? EmbodiedResult.Of(total!.Value.GramsCO2e / (lifespan!.Value.TotalHours * utilization))
            : EmbodiedResult.Undefined(gap);
    }

    /// <summary>
    /// The part of a server that a reservation holds (RR / ToR): by accelerators where the server has any, else by CPUs. One of eight
    /// GPUs with half of the CPUs is an eighth: the accelerators are what such a server is made for, and what its CPUs wait on.
    /// </summary>
    /// <param name="reserved">What is reserved.</param>
    /// <param name="total">What the server has.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The server has neither, a count is negative, or more is reserved than there is.</exception>
    public static double ResourceShare(ServerResources reserved, ServerResources total) => total.Accelerators > 0
        ? Share(reserved.Accelerators, total.Accelerators, "accelerators", nameof(reserved))
        : total.Cpus > 0
            ? Share(reserved.Cpus, total.Cpus, "CPUs", nameof(reserved))
            : throw new ArgumentOutOfRangeException(nameof(total), total, "A server must have CPUs or accelerators.");

    private static double Share(double reserved, double total, string what, string parameter) =>
        reserved >= 0 && reserved <= total && double.IsFinite(total)
            ? reserved / total
            : throw new ArgumentOutOfRangeException(parameter, reserved, FormattableString.Invariant($"From 0 to {total} {what} can be reserved."));

    // Every method calls these two parameters total and lifespan, and so does the exception.
    private static EmbodiedGap Check(CarbonMass? total, TimeSpan? lifespan)
    {
        if (total <= CarbonMass.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(total), total, "An embodied total must be above 0. Leave it out when it is not known.");
        }

        if (lifespan <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(lifespan), lifespan, "A lifespan must be above 0. Leave it out when it is not known.");
        }

        return total is null ? EmbodiedGap.NoTotal : lifespan is null ? EmbodiedGap.NoLifespan : EmbodiedGap.None;
    }
}
