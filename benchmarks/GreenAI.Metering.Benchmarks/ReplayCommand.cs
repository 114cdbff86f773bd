using System.Globalization;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Bills a recorded trace again and prints the books.</summary>
internal static class ReplayCommand
{
    public static int Run(string path, TextWriter output)
    {
        try
        {
            using FileStream trace = File.OpenRead(path);
            return Print(TraceReplay.Run(trace), trace.Length, output);
        }
        catch (Exception exception) when (exception is TraceFormatException or IOException or UnauthorizedAccessException)
        {
            output.WriteLine(exception.Message);
            return 1;
        }
    }

    private static int Print(TraceReplayResult result, long bytes, TextWriter output)
    {
        EnergyTotals totals = result.Totals;
        output.WriteLine(Text(
            $"{result.Footprints} inferences, {result.Closes} closes in {totals.Elapsed:c}, {bytes} bytes: {bytes / (double)Math.Max(1, result.Footprints):F1} bytes an inference"));
        foreach (DeviceTotals device in totals.Devices) output.WriteLine(Text($"{device.Device}: {device.Total}, {device.Coverage:P1} covered"));
        foreach (ModelTotals model in totals.Models) output.WriteLine(Text($"{model.Name}: {model.Inferences} inferences, {model.Energy}, {model.Tier}"));
        output.WriteLine(Text(
            $"{totals.Total} = {totals.Settled} settled + {totals.Open} open + {totals.Late} late + {totals.Idle} idle + {totals.Unattributed} unattributed + {totals.Other} other"));
        output.WriteLine(Text($"lost or invented: {totals.Unaccounted}"));
        output.WriteLine(result.MatchesRecording switch
        {
            true => "The books are those of the recording.",
            false => "The books are not those of the recording: this version of the library bills otherwise.",
            null => "The recording was cut: the books are those of its part.",
        });
        return result.MatchesRecording == false ? 1 : 0;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
