namespace GreenAI.Metering.Tests;

public sealed class UnitTests
{
    [Fact]
    public void Energy_PrintsInvariantJoules() => Assert.Equal("1.5 J", Energy.FromJoules(1.5).ToString());

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Uncertainty_NegativeOrNotFinite_IsRefusedWhereItIsMade(double side)
    {
        // Inside, it would make every close of the books throw.
        Assert.Throws<ArgumentOutOfRangeException>(() => new RelativeUncertainty(side, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RelativeUncertainty(1, side));
    }
}
