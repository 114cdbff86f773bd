namespace GreenAI.Metering.Observability.Tests.Sample;

/// <summary>The sample, started as people start it, that drives itself with load.</summary>
internal static class SampleProcess
{
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "InferenceService.dll");

    public static bool IsHere => File.Exists(_program);

    /// <summary>Training takes it some seconds before it listens.</summary>
    public static Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(
        "dotnet", AppContext.BaseDirectory, "metrics", static port => [_program, "--demo", "--seconds", "300", "--urls", FormattableString.Invariant($"http://127.0.0.1:{port}")]);
}
