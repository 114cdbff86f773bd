namespace GreenAI.Metering.Fuzz;

/// <summary>An efficiency report as JSON, changed anywhere: read whole or refused with a place, and what is read is written and read the same.</summary>
internal sealed class ReportJsonTarget : IFuzzTarget
{
    public string Name => "report-json";

    public int Inputs => 50_000;

    // The text as a document and as a report, and for one that is sound twice more of both.
    public long AllocationBound => 1 << 20;

    public IReadOnlyList<byte[]> Corpus { get; } = [.. SampleReports.All.Select(report => report.ToArray())];

    public void Run(ReadOnlySpan<byte> input)
    {
        EfficiencyReport report;
        try
        {
            report = ReportJsonReader.Read(input.ToArray());
        }
        catch (ReportFormatException refused)
        {
            FuzzFailure.Unless(refused.Path.StartsWith('$'), "a refusal tells the place");
            FuzzFailure.Unless(refused.Message.Length < 1024, "a refusal is short");
            return;
        }

        FuzzFailure.Unless(report.Equals(EfficiencyReport.FromJson(report.ToJson())), "what was read is written and read back the same");
        FuzzFailure.Unless(report.ToMarkdown().Length > 0 && report.ToKpiCsv().Length > 0 && report.ToTotalsCsv().Length > 0, "what was read can be shown");
        FuzzFailure.Unless(EfficiencyReport.Compare(report, report).ToJson().Length > 0, "what was read can be compared");
    }
}
