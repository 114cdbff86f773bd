namespace GreenAI.Metering.Tests;

public sealed class UnitTests
{
    [Fact]
    public void Energy_PrintsInvariantJoules() => Assert.Equal("1.5 J", Energy.FromJoules(1.5).ToString());
}
