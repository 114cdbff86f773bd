using CsCheck;

namespace GreenAI.Metering.Tests;

public class StudentTTests
{
    // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, to its three decimals.
    [Theory]
    [InlineData(1, 0.90, 3.078)]
    [InlineData(1, 0.95, 6.314)]
    [InlineData(1, 0.975, 12.706)]
    [InlineData(1, 0.99, 31.821)]
    [InlineData(1, 0.995, 63.657)]
    [InlineData(2, 0.95, 2.920)]
    [InlineData(2, 0.999, 22.327)]
    [InlineData(3, 0.999, 10.215)]
    [InlineData(4, 0.99, 3.747)]
    [InlineData(5, 0.95, 2.015)]
    [InlineData(5, 0.995, 4.032)]
    [InlineData(10, 0.90, 1.372)]
    [InlineData(10, 0.975, 2.228)]
    [InlineData(10, 0.999, 4.144)]
    [InlineData(20, 0.95, 1.725)]
    [InlineData(30, 0.99, 2.457)]
    [InlineData(60, 0.975, 2.000)]
    [InlineData(100, 0.95, 1.660)]
    [InlineData(100, 0.999, 3.174)]
    [InlineData(1e9, 0.95, 1.645)]
    [InlineData(1e9, 0.975, 1.960)]
    [InlineData(1e9, 0.999, 3.090)]
    public void Quantile_IsThePublishedValue(double freedom, double probability, double published)
    {
        Assert.Equal(published, StudentT.Quantile(probability, freedom), 0.0005 + 1e-9);
        Assert.Equal(-published, StudentT.Quantile(1 - probability, freedom), 0.0005 + 1e-9);
    }

    // Closed forms of one, two and four degrees of freedom.
    [Fact]
    public void Below_FewDegrees_IsTheClosedForm()
    {
        Gen.Double[-200, 200].Sample(static t =>
        {
            Assert.Equal(0.5 + (Math.Atan(t) / Math.PI), StudentT.Below(t, 1), 1e-12);
            Assert.Equal(0.5 + (t / (2 * Math.Sqrt(2 + (t * t)))), StudentT.Below(t, 2), 1e-12);
            double u = t / Math.Sqrt(4 + (t * t));
            Assert.Equal(0.5 + (0.75 * (u - (u * u * u / 3))), StudentT.Below(t, 4), 1e-12);
        });
    }

    [Fact]
    public void Quantile_AnyProbabilityAndFreedom_IsTheInverse()
    {
        Gen.Select(Gen.Double[0.0001, 0.9999], Gen.Double[0, 6]).Sample(
            static (probability, digits) =>
            {
                double freedom = Math.Pow(10, digits);
                Assert.Equal(probability, StudentT.Below(StudentT.Quantile(probability, freedom), freedom), 1e-9);
            },
            iter: 200);
    }

    [Fact]
    public void Below_Edges_AreTold()
    {
        Assert.Equal(0.5, StudentT.Below(0, 7), 1e-12);
        Assert.Equal(1, StudentT.Below(double.PositiveInfinity, 7));
        Assert.Equal(0, StudentT.Below(double.NegativeInfinity, 7));
        Assert.True(double.IsNaN(StudentT.Below(double.NaN, 7)));
        Assert.True(double.IsNaN(StudentT.Below(1, 0)));
        Assert.Equal(double.PositiveInfinity, StudentT.Quantile(1, 3));
        Assert.Equal(double.NegativeInfinity, StudentT.Quantile(0, 3));
        Assert.True(double.IsNaN(StudentT.Quantile(1.5, 3)));
    }
}
