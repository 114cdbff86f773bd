using System.Numerics;
using System.Runtime.InteropServices;

namespace GreenAI.Metering;

/// <summary>The two loops that learning spends its time in, vectorised.</summary>
internal static class Vectors
{
    /// <summary>Adds <paramref name="factor"/> × <paramref name="x"/> to <paramref name="y"/>.</summary>
    public static void AddScaled(Span<double> y, double factor, ReadOnlySpan<double> x)
    {
        x = x[..y.Length];
        Span<Vector<double>> wideY = MemoryMarshal.Cast<double, Vector<double>>(y);
        ReadOnlySpan<Vector<double>> wideX = MemoryMarshal.Cast<double, Vector<double>>(x);
        var wideFactor = new Vector<double>(factor);
        for (int i = 0; i < wideX.Length && i < wideY.Length; i++) wideY[i] += wideFactor * wideX[i];
        for (int i = wideY.Length * Vector<double>.Count; i < y.Length; i++) y[i] += factor * x[i];
    }

    /// <summary>The sum of products.</summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        right = right[..left.Length];
        ReadOnlySpan<Vector<double>> wideLeft = MemoryMarshal.Cast<double, Vector<double>>(left);
        ReadOnlySpan<Vector<double>> wideRight = MemoryMarshal.Cast<double, Vector<double>>(right);
        // Two chains of additions, because one waits for itself.
        Vector<double> even = Vector<double>.Zero, odd = Vector<double>.Zero;
        int i = 0;
        for (; i + 1 < wideLeft.Length && i + 1 < wideRight.Length; i += 2)
        {
            even += wideLeft[i] * wideRight[i];
            odd += wideLeft[i + 1] * wideRight[i + 1];
        }

        double sum = Vector.Sum(even + odd);
        for (i *= Vector<double>.Count; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }
}
