namespace GreenAI.Metering.Samples.InferenceService.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task RunAsync_DemoWithOptions_ServesAsTheySay()
    {
        ServeOptions? served = null;

        int exitCode = await SampleCommands.RunAsync(["--demo", "--seconds", "20", "--keep", "--urls", "http://127.0.0.1:0"], (options, _) =>
        {
            served = options;
            return Task.FromResult(7);
        });

        Assert.Equal(7, exitCode);
        Assert.NotNull(served);
        Assert.Equal((true, TimeSpan.FromSeconds(20), true), (served.IsDemo, served.Duration, served.Keeps));
        Assert.Equal(["--urls", "http://127.0.0.1:0"], served.HostArguments);
    }

    [Fact]
    public async Task RunAsync_Nothing_ServesWithoutADemonstration()
    {
        ServeOptions? served = null;

        await SampleCommands.RunAsync([], (options, _) =>
        {
            served = options;
            return Task.FromResult(0);
        });

        Assert.NotNull(served);
        Assert.Equal((false, TimeSpan.FromSeconds(60), false), (served.IsDemo, served.Duration, served.Keeps));
        Assert.Empty(served.HostArguments);
    }

    [Theory]
    [InlineData("--demo", "--seconds", "0")]
    [InlineData("--demo", "--seconds", "many")]
    [InlineData("load", "--url", "ftp://here")]
    [InlineData("load")]
    [InlineData("load", "--url", "http://localhost:1", "--connections", "0")]
    [InlineData("gateway", "--to", "nowhere")]
    [InlineData("gateway", "--to", "http://localhost:5080", "--urls", "http://localhost:70000")]
    [InlineData("--urls", "localhost")]
    [InlineData("--urls", "http://127.0.0.1:99999")]
    [InlineData("--urls", "http://localhost:5080;ftp://localhost:21")]
    [InlineData("nonsense")]
    public async Task RunAsync_Mistakes_AreRefusedBeforeAnythingStarts(params string[] arguments)
    {
        int exitCode = await SampleCommands.RunAsync(arguments, (_, _) => throw new InvalidOperationException("It served."));

        Assert.Equal(1, exitCode);
    }
}
