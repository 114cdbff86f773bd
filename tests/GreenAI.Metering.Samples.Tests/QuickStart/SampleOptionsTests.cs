using Microsoft.Extensions.Configuration;

namespace GreenAI.Metering.Samples.QuickStart.Tests;

public sealed class SampleOptionsTests
{
    [Fact]
    public void From_NothingSet_IsTwoSeconds() => Assert.Equal(TimeSpan.FromSeconds(2), From(null).Phase);

    [Fact]
    public void From_Number_IsTaken() => Assert.Equal(TimeSpan.FromSeconds(0.5), From("0.5").Phase);

    [Theory]
    [InlineData("soon")]
    [InlineData("0")]
    [InlineData("NaN")]
    [InlineData("601")]
    public void From_AnythingElse_IsRefusedWithKeyValueAndRange(string text)
    {
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => From(text));

        Assert.Equal($"QuickStart:PhaseSeconds is '{text}'; it must be a number of seconds from 0.05 to 600.", refused.Message);
    }

    private static SampleOptions From(string? seconds) => SampleOptions.From(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["QuickStart:PhaseSeconds"] = seconds })
        .Build());
}
