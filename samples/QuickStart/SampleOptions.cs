using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>What can be set from outside: <c>QuickStart__PhaseSeconds</c> and <c>QuickStart__Report</c> in the environment.</summary>
/// <param name="Phase">How long each phase of the workload lasts.</param>
/// <param name="ReportPath">Where the report is written as JSON; the same as Markdown lies beside it.</param>
internal sealed record SampleOptions(TimeSpan Phase, string ReportPath)
{
    private const string DefaultReport = "quickstart-report.json";
    private const string JsonEnding = ".json";
    private const double DefaultSeconds = 2;
    private const double MinSeconds = 0.05;
    private const double MaxSeconds = 600;

    public string MarkdownPath => Path.ChangeExtension(ReportPath, ".md");

    /// <exception cref="InvalidOperationException">A value is not a number, out of range or no file name; the message says which.</exception>
    public static SampleOptions From(IConfiguration configuration) => new(Seconds(configuration), Report(configuration));

    private static TimeSpan Seconds(IConfiguration configuration)
    {
        const string key = "QuickStart:PhaseSeconds";
        if (configuration[key] is not { } text) return TimeSpan.FromSeconds(DefaultSeconds);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= MinSeconds and <= MaxSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"{key} is '{text}'; it must be a number of seconds from {MinSeconds} to {MaxSeconds}."));
    }

    private static string Report(IConfiguration configuration)
    {
        const string key = "QuickStart:Report";
        string path = configuration[key] ?? DefaultReport;

        // The Markdown takes the same name with another ending: without this rule it could be the same file.
        return Path.GetFileName(path).Length > JsonEnding.Length && path.EndsWith(JsonEnding, StringComparison.OrdinalIgnoreCase)
            ? path
            : throw new InvalidOperationException($"{key} is '{path}'; it must be a file name that ends in {JsonEnding}.");
    }
}
