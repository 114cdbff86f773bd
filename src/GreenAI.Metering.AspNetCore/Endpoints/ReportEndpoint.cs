using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace GreenAI.Metering;

/// <summary><c>/report</c> and <c>/report/board</c>: what the meter knows, as JSON, Markdown or CSV.</summary>
/// <remarks>All who ask within a second get one and the same report: a report settles the books, and a stampede must not have them settled once a request.</remarks>
internal sealed class ReportEndpoint(EnergyMeter meter, ReportCache reports)
{
    private static readonly string[] _formats = ["json", "markdown", "csv"];

    private static readonly string[] _boardFormats = ["json", "markdown"];

    private static readonly string[] _tables = ["kpis", "totals"];

    public Task HandleAsync(HttpContext context)
    {
        if (!ReportFormat.TryRead(context.Request, _formats, out string format)) return UnknownAsync(context, "format", _formats);
        string table = _tables[0];
        if (context.Request.Query.TryGetValue("table", out StringValues asked) && !ReportFormat.TryFind(asked, _tables, out table))
            return UnknownAsync(context, "table", _tables);
        return format switch
        {
            "markdown" => WriteAsync(context, ReportForm.Markdown),
            "csv" => WriteAsync(context, table == "kpis" ? ReportForm.KpiCsv : ReportForm.TotalsCsv),
            _ => WriteAsync(context, ReportForm.Json),
        };
    }

    public Task HandleBoardAsync(HttpContext context)
    {
        if (!ReportFormat.TryRead(context.Request, _boardFormats, out string format)) return UnknownAsync(context, "format", _boardFormats);
        return meter.Budgets.Policy is null
            ? EndpointAnswer.ProblemAsync(context, StatusCodes.Status404NotFound, "No policy is in force", "There is nothing to report to a board: state a policy by Budgets:PolicyFile or AddPolicyFile.")
            : WriteAsync(context, format == "markdown" ? ReportForm.BoardMarkdown : ReportForm.BoardJson);
    }

    private async Task WriteAsync(HttpContext context, ReportForm form)
    {
        byte[] body = await reports.GetAsync(form, context.RequestAborted);
        context.Response.Headers.Vary = "Accept";
        await EndpointAnswer.WriteAsync(context, StatusCodes.Status200OK, MediaType(form), body);
    }

    private static string MediaType(ReportForm form) => form switch
    {
        ReportForm.Markdown or ReportForm.BoardMarkdown => "text/markdown; charset=utf-8",
        ReportForm.KpiCsv or ReportForm.TotalsCsv => "text/csv; charset=utf-8; header=present",
        _ => "application/json",
    };

    // What was asked is not repeated: it may be long, and is whatever a stranger wrote.
    private static Task UnknownAsync(HttpContext context, string name, string[] known) => EndpointAnswer.ProblemAsync(
        context, StatusCodes.Status400BadRequest, $"Unknown {name}", $"The query parameter '{name}' is given once, as one of: {string.Join(", ", known)}.");
}
