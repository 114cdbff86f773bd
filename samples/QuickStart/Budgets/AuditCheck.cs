namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>Verifies the audit log as an auditor would, from its files and a head that was kept elsewhere.</summary>
internal static class AuditCheck
{
    /// <summary>What came of it, in lines; whether it is intact.</summary>
    public static async Task<(bool IsIntact, IReadOnlyList<string> Lines)> RunAsync(string folder, AuditHead head)
    {
        AuditVerification verification = await AuditLog.VerifyAsync(folder, head);
        string what = FormattableString.Invariant($"{verification.Records:N0} records in {folder}, the last one {verification.Head.Sequence} ({verification.Head.Hash[..12]}…)");
        return verification.IsIntact
            ? (true, [$"Audit log intact: {what}."])
            : (false, [$"AUDIT LOG NOT INTACT: {what}.", .. verification.Problems.Take(10).Select(problem => $"  {problem}")]);
    }
}
