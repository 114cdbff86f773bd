namespace GreenAI.Metering;

/// <summary>What can be asked of <c>/report</c>.</summary>
internal enum ReportForm
{
    Json,
    Markdown,
    KpiCsv,
    TotalsCsv,
    BoardJson,
    BoardMarkdown,
}
