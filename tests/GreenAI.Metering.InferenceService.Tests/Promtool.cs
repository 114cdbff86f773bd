using System.ComponentModel;
using System.Diagnostics;

namespace GreenAI.Metering.Samples.InferenceService.Tests;

/// <summary>Prometheus' own judge of what is scraped.</summary>
internal static class Promtool
{
    /// <summary>Exit code and findings; skips the test where promtool is not installed.</summary>
    public static async Task<(int ExitCode, string Found)> CheckMetricsAsync(string metrics)
    {
        Process? promtool = null;
        try
        {
            promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (Win32Exception)
        {
            Assert.Skip("promtool is not installed (Debian: prometheus).");
        }

        using (promtool)
        {
            Task<string> output = promtool!.StandardOutput.ReadToEndAsync();
            Task<string> errors = promtool.StandardError.ReadToEndAsync();
            await promtool.StandardInput.WriteAsync(metrics);
            promtool.StandardInput.Close();
            await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (promtool.ExitCode, await output + await errors);
        }
    }
}
