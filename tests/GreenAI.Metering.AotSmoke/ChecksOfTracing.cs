using GreenAI.Metering.Checks;

namespace GreenAI.Metering.AotSmoke;

/// <summary>A trace recorded and replayed: its header is JSON, which must need no reflection.</summary>
internal static class ChecksOfTracing
{
    public static void Run(CheckList checks, string sysfsRoot)
    {
        using MemoryStream trace = new();
        using (EnergyMeter meter = new(new GreenAIMeteringOptions { SysfsRoot = sysfsRoot, Sources = ["rapl"] }, new MeterEnvironment { Trace = trace }))
        {
            meter.Begin("traced").Complete();
        }

        trace.Position = 0;
        TraceReplayResult result = TraceReplay.Run(trace);
        checks.Equal(1, result.Footprints, "a replay bills the inference");
        checks.That(result.MatchesRecording == true, "a replay comes to the recorded books", "it does not");
    }
}
