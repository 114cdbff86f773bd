namespace GreenAI.Metering;

/// <summary>What is wrong with a report, and where.</summary>
internal sealed record ReportProblem(string Path, string Reason)
{
    /// <summary>The same, found in a part of something larger.</summary>
    public ReportProblem Under(string part) => this with { Path = part + Path };
}
