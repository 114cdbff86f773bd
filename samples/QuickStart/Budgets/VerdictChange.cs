namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>From when on requests got another answer, and why.</summary>
internal sealed record VerdictChange(DateTimeOffset Time, Verdict Verdict, string Explanation);
