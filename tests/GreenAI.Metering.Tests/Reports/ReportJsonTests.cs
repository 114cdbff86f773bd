using System.Globalization;
using System.Text;
using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>Reports written as JSON and read back.</summary>
public sealed class ReportJsonTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The tests run without the data of cultures: one is made.
    private static CultureInfo Odd
    {
        get
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NegativeSign = "~";
            return culture;
        }
    }

    [Fact]
    public void FromJson_OfToJson_AnyReport_IsEqualAndWrittenTheSame() => ReportGen.Report.Sample(report =>
    {
        string json = report.ToJson();
        EfficiencyReport read = EfficiencyReport.FromJson(json);
        return read.Equals(report) && read.GetHashCode() == report.GetHashCode() && read.ToJson() == json;
    }, iter: 2000);

    [Fact]
    public async Task ReadJsonAsync_OfWriteJsonAsync_IsEqual()
    {
        using MemoryStream stream = new();
        await ReportSamples.Full.WriteJsonAsync(stream, Cancellation);
        Assert.Equal(ReportSamples.Full.ToJson(), Encoding.UTF8.GetString(stream.ToArray()));
        stream.Position = 0;
        Assert.Equal(ReportSamples.Full, await EfficiencyReport.ReadJsonAsync(stream, Cancellation));
    }

    [Fact]
    public void ToJson_OtherCulture_IsTheSame()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string invariant = ReportSamples.Full.ToJson();
        try
        {
            CultureInfo.CurrentCulture = Odd;
            Assert.Equal(invariant, ReportSamples.Full.ToJson());
            Assert.Equal(ReportSamples.Full, EfficiencyReport.FromJson(invariant));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void ToJson_Full_BeginsWithItsSchemaAndKeepsWholeNumbersExact()
    {
        string json = (ReportSamples.Full with
        {
            Energy = ReportSamples.Full.Energy with { Total = ReportSamples.Microjoules(long.MaxValue), Other = ReportSamples.Microjoules(long.MaxValue - 900_000) },
            Devices = [ReportSamples.Device("all", long.MaxValue)],
        }).ToJson();
        Assert.StartsWith("{\n  \"$schema\": \"urn:greenai-metering:efficiency-report:1\",\n  \"schemaVersion\": \"1.0\",", json.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("\"microjoules\": 9223372036854775807", json, StringComparison.Ordinal);
        Assert.Contains("\"elapsedSeconds\": 3600.25", json, StringComparison.Ordinal);
        Assert.Contains("\"method\": \"locationBased\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Equals_OneRowDiffers_IsFalse()
    {
        EfficiencyReport full = ReportSamples.Full;
        Assert.Equal(full, full with { Models = [.. full.Models] });
        Assert.NotEqual(full, full with { Models = [.. full.Models.Reverse()] });
        Assert.NotEqual(full, full with { Kpis = [] });
        Assert.NotEqual(full, full with { Service = null });
    }

    [Fact]
    public void Init_ListChangedAfterwards_ReportDoesNot()
    {
        List<ReportDevice> devices = [.. ReportSamples.Full.Devices];
        EfficiencyReport report = ReportSamples.Full with { Devices = devices };
        devices.Clear();
        Assert.Equal(ReportSamples.Full, report);
    }

    /// <summary>256 models and the overflow, four windows, every indicator: more than a meter of default size can have.</summary>
    [Fact]
    public void ToJson_LargestReportOfADefaultMeter_CanBeReadBack()
    {
        IEnumerable<ReportKpi> rows =
            from model in Enumerable.Range(0, 257)
            from window in (TimeSpan?[])[TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromDays(1), null]
            from kpi in Enum.GetValues<Kpi>()
            select ReportSamples.Carbon($"model-{model}", Math.PI * model, Math.E) with { Kpi = kpi, Window = window, Explanation = new string('e', 160) };
        EfficiencyReport report = ReportSamples.Full with { Kpis = [.. rows] };
        string json = report.ToJson();
        TestContext.Current.TestOutputHelper?.WriteLine($"{report.Kpis.Count} rows, {json.Length} characters");
        Assert.True(Encoding.UTF8.GetByteCount(json) < EfficiencyReport.MaxJsonBytes, "It is within the bound.");
        Assert.Equal(report, EfficiencyReport.FromJson(json));
    }
}
