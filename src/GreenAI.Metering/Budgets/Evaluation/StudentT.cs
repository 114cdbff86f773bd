namespace GreenAI.Metering;

/// <summary>Student's t distribution.</summary>
/// <remarks>
/// By the regularised incomplete beta function as a continued fraction (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.5.8 and 26.7.1; evaluated as
/// Lentz does). More than a million degrees of freedom are taken for a million: the difference is below 1e-6. Pure.
/// </remarks>
internal static class StudentT
{
    private const double MostFreedom = 1e6;

    /// <summary>The probability of less than <paramref name="t"/>.</summary>
    /// <param name="t">The value.</param>
    /// <param name="freedom">The degrees of freedom; more than 0.</param>
    public static double Below(double t, double freedom)
    {
        if (double.IsNaN(t) || !(freedom > 0)) return double.NaN;
        if (double.IsInfinity(t)) return t > 0 ? 1 : 0;
        double v = Math.Min(freedom, MostFreedom);
        double tail = 0.5 * Beta(v / 2, 0.5, v / (v + (t * t)), t * t / (v + (t * t)));
        return t > 0 ? 1 - tail : tail;
    }

    /// <summary>The value below which a share of all lies.</summary>
    /// <param name="probability">The share; between 0 and 1.</param>
    /// <param name="freedom">The degrees of freedom; more than 0.</param>
    public static double Quantile(double probability, double freedom)
    {
        if (!(probability > 0 && probability < 1)) return probability == 0 ? double.NegativeInfinity : probability == 1 ? double.PositiveInfinity : double.NaN;
        if (probability < 0.5) return -Quantile(1 - probability, freedom);
        double low = 0, high = 1;
        while (Below(high, freedom) < probability && high < 1e300) (low, high) = (high, high * 2);
        for (int i = 0; i < 200 && high - low > 1e-13 * high; i++)
        {
            double middle = low + ((high - low) / 2);
            if (Below(middle, freedom) < probability) low = middle;
            else high = middle;
        }

        return low + ((high - low) / 2);
    }

    // I_x(a, b), with y = 1 - x given apart, so that it is exact where x is close to 1.
    private static double Beta(double a, double b, double x, double y)
    {
        if (x <= 0) return 0;
        if (y <= 0) return 1;
        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(y)));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(a, b, x) / a : 1 - (front * Fraction(b, a, y) / b);
    }

    private static double Fraction(double a, double b, double x)
    {
        const double tiny = 1e-300;
        double c = 1, d = 1 / NotZero(1 - ((a + b) * x / (a + 1))), value = d;
        for (int m = 1; m < 10_000; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            value *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-15) break;
        }

        return value;

        static double NotZero(double number) => Math.Abs(number) < tiny ? tiny : number;
    }

    // Stirling's series, from 15 on exact to the last digit; below by the recurrence.
    private static double LogGamma(double x)
    {
        double shift = 0;
        for (; x < 15; x++) shift += Math.Log(x);
        double inverse = 1 / (x * x);
        double series = (1.0 / 12 - (inverse * (1.0 / 360 - (inverse * (1.0 / 1260 - (inverse * (1.0 / 1680 - (inverse / 1188)))))))) / x;
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series - shift;
    }
}
