using System.Globalization;
using CsCheck;

namespace GreenAI.Metering.AspNetCore.Tests.Exposure;

public sealed class RoundedTextTests
{
    [Theory]
    [InlineData(1.9, "1.90")]
    [InlineData(0.0012, "0.00120")]
    [InlineData(0.0000456, "0.0000456")]
    [InlineData(9.996, "10.0")]
    [InlineData(0.09996, "0.100")]
    [InlineData(99.96, "100")]
    [InlineData(999.6, "1000")]
    [InlineData(12345.6, "12300")]
    [InlineData(123.4, "123")]
    [InlineData(1e-12, "0.00000000000100")]
    [InlineData(1.234e20, "123000000000000000000")]
    public void Of_ANumber_IsPlainAndHasThreeDigits(double value, string expected) => Assert.Equal(expected, RoundedText.Of(value));

    [Theory]
    [InlineData(null)]
    [InlineData(0d)]
    [InlineData(-1d)]
    [InlineData(1e-13)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_WhatIsNotKnown_IsNothing(double? value) => Assert.Null(RoundedText.Of(value));

    [Fact]
    public void Of_AnyNumber_IsWithinHalfADigitWithoutExponent() => Gen.Double[-11, 15].Sample(exponent =>
    {
        double value = Math.Pow(10, exponent);
        string text = RoundedText.Of(value)!;
        Assert.DoesNotContain('E', text);
        Assert.InRange(double.Parse(text, CultureInfo.InvariantCulture) / value, 1 - 0.00501, 1 + 0.00501);
    });

    [Fact]
    public void Bound_AnyNumber_LiesBetweenItsBoundsAndTheyAreClose() => Gen.Double[-11, 6].Sample(exponent =>
    {
        double value = Math.Pow(10, exponent), down = RoundedText.Bound(value, up: false), up = RoundedText.Bound(value, up: true);
        Assert.True(down <= value * (1 + 1e-11) && up >= value * (1 - 1e-11), $"{down:R} {value:R} {up:R}");
        Assert.InRange(up / down, 1, 1.0101);
    });

    [Theory]
    [InlineData(0.123, 0.123, 0.123)]
    [InlineData(0.1231, 0.123, 0.124)]
    [InlineData(1.9, 1.9, 1.9)]
    [InlineData(0, 0, 0)]
    [InlineData(5.6e-13, 0, 1e-12)]
    public void Bound_OfThreeDigits_IsTheNumberItself(double value, double down, double up) =>
        Assert.Equal((down, up), (RoundedText.Bound(value, up: false), RoundedText.Bound(value, up: true)));
}
