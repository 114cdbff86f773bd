using GreenAI.Metering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Readme.Snippets;

internal static class BudgetSnippets
{
    public static void Register(HostApplicationBuilder builder)
    {
        #region PolicyFile
        builder.Services.AddGreenAIMetering(builder.Configuration.GetSection("GreenAI"))
            .AddPolicyFile("greenai-policy.json")
            .AddBudgetObserver<BudgetPoster>(); // optional: is told what happens
        #endregion
    }

    public static async Task<string> AskAsync(EnergyMeter meter, CancellationToken cancellationToken)
    {
        #region Ask
        Admission admission = await meter.AdmitAsync(new AdmissionRequest(meter.Model("ranker"))
        {
            Tenant = meter.Tenant("acme"),
            Estimate = Energy.FromJoules(12), // the most it is likely to cost; left out: the dearest recent inference
            Priority = "critical",            // steps of a ladder that exempt it do not apply
        }, cancellationToken);
        string why = meter.Budgets.Explain(admission);
        #endregion
        admission.Dispose();
        return why;
    }

    public static async Task<AuditVerification> AuditAsync(EnergyMeter meter, Stream export, CancellationToken cancellationToken)
    {
        #region Audit
        AuditLog log = meter.Budgets.Audit!; // null without an AuditFolder
        await log.FlushAsync(cancellationToken);
        AuditHead head = log.Head;           // copy it, now and then, to where the service cannot write

        AuditVerification verification = await AuditLog.VerifyAsync(log.Folder, head, cancellationToken);
        foreach (AuditProblem problem in verification.Problems) Console.WriteLine(problem); // file, line, record, what is wrong
        await AuditLog.ExportAsync(log.Folder, export, cancellationToken: cancellationToken); // JSON lines, as they are in the log
        #endregion
        return verification;
    }

    public static async Task<BoardReport> BoardAsync(EnergyMeter meter, CancellationToken cancellationToken)
    {
        #region Board
        BoardReport report = await meter.Budgets.ReportAsync(cancellationToken);
        string markdown = report.ToMarkdown(); // for people
        string json = report.ToJson();         // for dashboards

        foreach (BudgetStatus budget in meter.Budgets.Status())
            Console.WriteLine($"{budget.Budget} {budget.Part}: {budget.Verdict}. {budget.Reason}");
        #endregion
        return markdown.Length > 0 && json.Length > 0 ? report : throw new InvalidOperationException("A format is empty.");
    }
}
