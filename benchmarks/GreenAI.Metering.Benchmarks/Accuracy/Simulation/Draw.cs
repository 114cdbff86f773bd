namespace GreenAI.Metering.Benchmarks;

/// <summary>Random numbers of one purpose: the same seed, purpose and index give the same numbers on every machine and runtime.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood 2014). Each purpose has its own, so that one more reading shifts nobody else's numbers.</remarks>
internal sealed class Draw(int seed, DrawPurpose purpose, int index = 0)
{
    private ulong _state = Mix(Mix(Mix((ulong)seed) + (ulong)purpose) + (ulong)index);
    private double _spareNormal = double.NaN;

    /// <summary>Evenly in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Exponential of that mean.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Uniform());

    /// <summary>Normal of mean 0 and standard deviation 1 (Box and Muller).</summary>
    public double Normal()
    {
        if (!double.IsNaN(_spareNormal)) return Take();
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        double angle = 2 * Math.PI * Uniform();
        _spareNormal = radius * Math.Sin(angle);
        return radius * Math.Cos(angle);
    }

    /// <summary>A value of that mean: fixed, exponential, or lognormal with a standard deviation of 0.5 of the logarithm.</summary>
    public double Of(Distribution distribution, double mean) => distribution switch
    {
        Distribution.Fixed => mean,
        Distribution.Exponential => Exponential(mean),
        _ => mean * Math.Exp((0.5 * Normal()) - 0.125),
    };

    private double Take()
    {
        double value = _spareNormal;
        _spareNormal = double.NaN;
        return value;
    }

    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
