using System.Text;

namespace GreenAI.Metering;

/// <summary>The reports as they go over the wire: made, and written out, once for all who ask within a second.</summary>
internal sealed class ReportCache
{
    private readonly Dictionary<ReportForm, SharedResult<byte[]>> _forms;

    public ReportCache(EnergyMeter meter, string? service, TimeSpan keep, TimeProvider time)
    {
        var report = new SharedResult<EfficiencyReport>(() => meter.ReportAsync(service).AsTask(), keep, time);
        var board = new SharedResult<BoardReport>(() => meter.Budgets.ReportAsync(CancellationToken.None).AsTask(), keep, time);
        _forms = new()
        {
            [ReportForm.Json] = Of(report, static it => it.ToJson()),
            [ReportForm.Markdown] = Of(report, static it => it.ToMarkdown()),
            [ReportForm.KpiCsv] = Of(report, static it => it.ToKpiCsv()),
            [ReportForm.TotalsCsv] = Of(report, static it => it.ToTotalsCsv()),
            [ReportForm.BoardJson] = Of(board, static it => it.ToJson()),
            [ReportForm.BoardMarkdown] = Of(board, static it => it.ToMarkdown()),
        };

        SharedResult<byte[]> Of<T>(SharedResult<T> source, Func<T, string> write) =>
            new(async () => Encoding.UTF8.GetBytes(write(await source.GetAsync(CancellationToken.None).ConfigureAwait(false))), keep, time);
    }

    public Task<byte[]> GetAsync(ReportForm form, CancellationToken cancellationToken) => _forms[form].GetAsync(cancellationToken);
}
