using System.Globalization;
using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>Reports as flat tables.</summary>
public sealed class ReportCsvTests
{
    [Fact]
    public void ToKpiCsv_Full_HasARowPerIndicatorWithExactNumbers()
    {
        List<string[]> rows = CsvReader.Read(ReportSamples.Full.ToKpiCsv());
        Assert.Equal(1 + ReportSamples.Full.Kpis.Count, rows.Count);
        Dictionary<string, string> row = rows[0].Zip(rows[1]).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal("2026-03-01T12:00:00.0000000+00:00", row["generated_at"]);
        Assert.Equal(("digits", "model", "mlp", "300"), (row["service"], row["subject"], row["model"], row["window_seconds"]));
        Assert.Equal(("carbonPerInference", "CPI", "0.5", "g"), (row["kpi"], row["abbreviation"], row["value"], row["unit"]));
        Assert.Equal(("lessThan", "1", "met", "0.1"), (row["target_comparison"], row["target_bound"], row["verdict"], row["uncertainty_below"]));
        row = rows[0].Zip(rows[3]).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal(("host", "", "", "noAccuracy", "undefined"), (row["subject"], row["window_seconds"], row["value"], row["gap"], row["verdict"]));
    }

    [Fact]
    public void ToTotalsCsv_Full_SumsOfBucketsAreTheTotals()
    {
        List<string[]> rows = CsvReader.Read(ReportSamples.Full.ToTotalsCsv());
        Assert.Equal(["generated_at", "service", "quantity", "part", "name", "millionths", "value", "unit", "reason"], rows[0]);
        Assert.Equal(1_000_000, Sum(rows, "energy", "total"));
        Assert.Equal(1_000_000, Sum(rows, "energy", "settled", "open", "late", "idle", "unattributed", "other"));
        Assert.Equal(1_000_000, Sum(rows, "energy", "device"));
        Assert.Equal(60, Sum(rows, "operational", "model"));
        Assert.Equal(25, Sum(rows, "embodied", "model"));
    }

    [Fact]
    public void ToTotalsCsv_Empty_HasNoNumberWhereThereIsNone()
    {
        foreach (string[] row in CsvReader.Read(ReportSamples.Empty.ToTotalsCsv()).Skip(1))
        {
            Assert.Equal(("", ""), (row[5], row[6]));
            Assert.NotEqual("", row[8]);
        }
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\r\n=x", "\"'\r\n=x\"")]
    [InlineData("＝x", "'＝x")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("x=1", "x=1")]
    [InlineData(null, "")]
    public void Text_Hostile_IsQuotedAndNoFormula(string? text, string field)
    {
        CsvText csv = new("title");
        csv.Text(text).Number(-1.5).Whole(-2).EndRow();
        Assert.Equal($"title\r\n{field},-1.5,-2\r\n", csv.ToString());
    }

    [Fact]
    public void ToKpiCsv_AnyReport_ReadsBackByTheStandard() => ReportGen.Report.Sample(report =>
    {
        List<string[]> rows = CsvReader.Read(report.ToKpiCsv());
        if (rows.Count != report.Kpis.Count + 1 || rows.Any(row => row.Length != rows[0].Length)) return false;
        foreach ((string[] row, ReportKpi kpi) in rows.Skip(1).Zip(report.Kpis))
        {
            string model = kpi.Model ?? "";
            if (row[3] != model && row[3] != "'" + model) return false;
            if ((row[9].Length == 0 ? null : double.Parse(row[9], CultureInfo.InvariantCulture)) != kpi.Value) return false;
        }

        return CsvReader.Read(report.ToTotalsCsv()).TrueForAll(row => row.Length == 9);
    }, iter: 500);

    private static long Sum(List<string[]> rows, string quantity, params string[] parts) =>
        rows.Where(row => row[2] == quantity && parts.Contains(row[3])).Sum(row => long.Parse(row[5], CultureInfo.InvariantCulture));
}
