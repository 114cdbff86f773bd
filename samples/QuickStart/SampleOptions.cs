using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>What can be set from outside: <c>QuickStart__PhaseSeconds</c>, <c>QuickStart__BudgetSeconds</c>, <c>QuickStart__Policy</c> and <c>QuickStart__Report</c> in the environment.</summary>
/// <param name="Phase">How long each phase of the workload lasts.</param>
/// <param name="Budget">In which time the budget of a window shall be used up; zero leaves budgets out.</param>
/// <param name="PolicyPath">The policy.</param>
/// <param name="ReportPath">Where the report is written as JSON; the same as Markdown, the board's report and the audit log lie beside it.</param>
internal sealed record SampleOptions(TimeSpan Phase, TimeSpan Budget, string PolicyPath, string ReportPath)
{
    private const string DefaultReport = "quickstart-report.json";
    private const string JsonEnding = ".json";
    private const double DefaultSeconds = 2;
    private const double MinSeconds = 0.05;
    private const double MaxSeconds = 600;
    private const double DefaultBudgetSeconds = 8;
    private const double MinBudgetSeconds = 2;
    private const double MaxBudgetSeconds = 20;

    public string MarkdownPath => Path.ChangeExtension(ReportPath, ".md");

    public string BoardPath => Beside("quickstart-board.json");

    public string BoardMarkdownPath => Beside("quickstart-board.md");

    public string AuditFolder => Beside("quickstart-audit");

    /// <exception cref="InvalidOperationException">A value is not a number, out of range or no file name; the message says which.</exception>
    public static SampleOptions From(IConfiguration configuration) => new(
        Seconds(configuration, "QuickStart:PhaseSeconds", DefaultSeconds, MinSeconds, MaxSeconds, mayBeZero: false),
        Seconds(configuration, "QuickStart:BudgetSeconds", DefaultBudgetSeconds, MinBudgetSeconds, MaxBudgetSeconds, mayBeZero: true),
        configuration["QuickStart:Policy"] ?? Path.Combine(AppContext.BaseDirectory, "greenai-policy.json"),
        Report(configuration));

    private static TimeSpan Seconds(IConfiguration configuration, string key, double standard, double least, double most, bool mayBeZero)
    {
        if (configuration[key] is not { } text) return TimeSpan.FromSeconds(standard);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && ((seconds >= least && seconds <= most) || (mayBeZero && seconds == 0))
            ? TimeSpan.FromSeconds(seconds)
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"{key} is '{text}'; it must be a number of seconds from {least} to {most}{(mayBeZero ? ", or 0 to leave budgets out" : "")}."));
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

    private string Beside(string name) => Path.Combine(Path.GetDirectoryName(ReportPath) ?? "", name);
}
