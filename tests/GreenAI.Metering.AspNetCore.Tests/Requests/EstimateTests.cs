using System.Reflection;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

/// <summary>Estimates that nothing can cost are refused where they are written; taken for none, they would reserve something else than was meant.</summary>
public sealed class EstimateTests
{
    [Theory]
    [InlineData(-5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Attribute_ThatSaysWhatNothingCosts_IsRefused(double joules)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new InferenceMeteringAttribute("m") { EstimateJoules = joules });
        Assert.Contains("EstimateJoules must be a finite number of joules", error.Message, StringComparison.Ordinal);
    }

    // As a host reads it while it starts: the framework's own words come first, ours are inside.
    [Fact]
    public void Attribute_ThatIsReadByReflection_SaysWhy()
    {
        MethodInfo action = typeof(EstimateTests).GetMethod(nameof(Negative), BindingFlags.NonPublic | BindingFlags.Static)!;
        Exception error = Assert.ThrowsAny<Exception>(() => action.GetCustomAttribute<InferenceMeteringAttribute>());
        Assert.Contains("EstimateJoules must be a finite number of joules", error.GetBaseException().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2.5, 2.5)]
    [InlineData(1e300, long.MaxValue / 1e6)]
    public void Attribute_SaysWhatWasSaid(double joules, double told) =>
        Assert.Equal(told, new InferenceMeteringAttribute("m") { EstimateJoules = joules }.EstimateJoules);

    [Fact]
    public void Options_WithANegativeEstimate_AreRefused()
    {
        var options = new InferenceEndpointOptions { Estimate = Energy.FromJoules(2) };
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Estimate = Energy.FromJoules(-2));
        Assert.Equal(Energy.FromJoules(2), options.Estimate);
        options.Estimate = null;
        Assert.Null(options.Estimate);
    }

    [InferenceMetering("m", EstimateJoules = -5)]
    private static void Negative()
    {
    }
}
