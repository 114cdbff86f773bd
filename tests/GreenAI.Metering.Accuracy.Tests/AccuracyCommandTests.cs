namespace GreenAI.Metering.Accuracy.Tests;

public sealed class AccuracyCommandTests
{
    [Fact]
    public void Run_OneScenario_PrintsItsTableAndVerdicts()
    {
        var output = new StringWriter();
        var errors = new StringWriter();

        int code = AccuracyCommand.Run(["--markdown", "constant mix"], output, errors);

        string text = output.ToString();
        Assert.Equal("", errors.ToString());
        Assert.Contains("| constant mix (unidentifiable) | unidentifiable |", text);
        Assert.Contains("held   constant mix (unidentifiable), worse than equal shares, points: ", text);
        Assert.Contains("held   all scenarios, conservation, µJ: 0.0 (bar ≤ 0)", text);
        Assert.Equal(text.Contains("MISSED") ? 1 : 0, code);
    }

    [Theory]
    [InlineData("no such scenario", "No scenario has \"no such scenario\" in its name.")]
    [InlineData("--fast", "accuracy [--markdown] [part of a scenario's name]")]
    public void Run_BadArguments_SaysSo(string argument, string message)
    {
        var errors = new StringWriter();

        Assert.Equal(1, AccuracyCommand.Run([argument], TextWriter.Null, errors));
        Assert.Equal(message + Environment.NewLine, errors.ToString());
    }
}
