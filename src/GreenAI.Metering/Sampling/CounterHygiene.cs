namespace GreenAI.Metering;

/// <summary>The arithmetic of energy counters: pure, in whole microjoules, total over any input.</summary>
/// <remarks>
/// Rules: linux/Documentation/power/powercap, and what meters got wrong (an error read as 0 and taken for a wrap, a reset as a
/// full wrap, a difference below zero as unsigned). A reading is believed only as far as the device's maximum power allows.
/// </remarks>
internal static class CounterHygiene
{
    /// <summary>Energy between two readings of a counter, and what kind of difference it is.</summary>
    /// <param name="previous">The earlier reading, from 0 to <paramref name="range"/> when that is known.</param>
    /// <param name="current">The later reading, likewise.</param>
    /// <param name="range">Largest value of the counter; 0 when it is unknown or never wraps.</param>
    /// <param name="ticks">Time between the readings, above 0.</param>
    /// <param name="bound">What the device can draw.</param>
    public static (CounterStepKind Kind, long Microjoules) Difference(
        long previous, long current, long range, ulong ticks, in PlausiblePower bound)
    {
        bool fell = current < previous;
        if (fell && range == 0) return (CounterStepKind.Reset, 0);

        // The true modulus is one unit above the range (the kernel shows the largest value): a wrap loses at most that unit.
        long gain = checked(fell ? range - previous + current : current - previous);

        // Once a whole range is plausible, so are two: the difference is then only the least it can have been.
        if (range > 0 && bound.Allows(range, ticks)) return (CounterStepKind.Ambiguous, gain);
        if (!bound.Allows(gain, ticks)) return (fell ? CounterStepKind.Reset : CounterStepKind.Implausible, 0);
        if (fell) return (CounterStepKind.Wrapped, gain);
        return (gain == 0 ? CounterStepKind.Equal : CounterStepKind.Counted, gain);
    }

    /// <summary>Energy between two readings of power, by the trapezoid rule.</summary>
    /// <param name="previousMilliwatts">The earlier reading, at least 0.</param>
    /// <param name="milliwatts">The later reading, at least 0.</param>
    /// <param name="ticks">Time between the readings.</param>
    /// <param name="frequency">Ticks per second.</param>
    /// <param name="remainder">
    /// What is left below one microjoule, in parts of 1 / (2 × frequency); carried from call to call, so that no sum drifts.
    /// </param>
    /// <returns>Whole microjoules; they exceed a <see cref="long"/> only after a pause of centuries.</returns>
    public static UInt128 Integrate(int previousMilliwatts, int milliwatts, ulong ticks, long frequency, ref ulong remainder)
    {
        ulong twiceMicrojoulesPerSecond = ((ulong)previousMilliwatts + (ulong)milliwatts) * 1000;
        ulong parts = 2 * (ulong)frequency;
        UInt128 sum = (UInt128)twiceMicrojoulesPerSecond * ticks + remainder;
        UInt128 whole = sum / parts;
        remainder = (ulong)(sum - whole * parts);
        return whole;
    }
}
