using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>Durations of ISO 8601.</summary>
public sealed class PolicyDurationTests
{
    [Theory]
    [InlineData("PT0S", 0, "PT0S")]
    [InlineData("PT90M", 5400, "PT1H30M")]
    [InlineData("P1W", 604_800, "P7D")]
    [InlineData("P1W1DT1H1M1.5S", 694_861.5, "P8DT1H1M1.5S")]
    [InlineData("PT0.0000001S", 0.0000001, "PT0.0000001S")]
    [InlineData("PT86400S", 86_400, "P1D")]
    public void TryParse_ADuration_IsReadAndWrittenInOneForm(string text, double seconds, string written)
    {
        Assert.True(PolicyDuration.TryParse(text, out TimeSpan duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
        Assert.Equal(written, PolicyDuration.Write(duration));
    }

    [Fact]
    public void Write_AnyDuration_IsReadBack() => Gen.Long[0, 999_999 * TimeSpan.TicksPerDay].Select(TimeSpan.FromTicks).Sample(duration =>
        PolicyDuration.TryParse(PolicyDuration.Write(duration), out TimeSpan read) && read == duration);

    [Fact]
    public void Write_WhatCannotBeRead_IsRefused()
    {
        Assert.False(PolicyDuration.TryParse(PolicyDuration.Write(TimeSpan.MaxValue), out _));
        Assert.False(PolicyDuration.TryParse(PolicyDuration.Write(TimeSpan.MinValue), out _));
        Assert.False(PolicyDuration.TryParse(PolicyDuration.Write(TimeSpan.FromTicks(-1)), out _));
    }
}
