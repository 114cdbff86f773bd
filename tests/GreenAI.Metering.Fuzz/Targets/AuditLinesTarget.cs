namespace GreenAI.Metering.Fuzz;

/// <summary>A file of an audit log, changed anywhere: read to its end, each problem with its place; what is intact is as it was written.</summary>
internal sealed class AuditLinesTarget : IFuzzTarget
{
    private static readonly byte[] _written = Write();

    public string Name => "audit-lines";

    public int Inputs => 50_000;

    // The reader's buffer, and strings of the lines.
    public long AllocationBound => 1 << 20;

    public IReadOnlyList<byte[]> Corpus { get; } = [_written];

    public void Run(ReadOnlySpan<byte> input)
    {
        long taken = 0;
        AuditChain chain = new([Head], isWhole: true);
        chain.BeginFile(AuditFolder.Name(1));
        long whole = AuditVerifier.Read(new MemoryStream(input.ToArray()), chain, (in _, _) => taken++, CancellationToken.None);
        AuditVerification verification = chain.End();
        FuzzFailure.Unless(whole == input.LastIndexOf((byte)'\n') + 1, "lines end at the last line end");
        FuzzFailure.Unless(taken == verification.Records, "each sound record is handed on");
        FuzzFailure.Unless(verification.IsIntact == input.SequenceEqual(_written), "intact is what was written, and nothing else");
        FuzzFailure.Unless(verification.Problems.Count == Math.Min(verification.ProblemCount, AuditVerification.MostProblems), "problems are bounded");
        long lines = input.Count((byte)'\n') + 1;
        foreach (AuditProblem problem in verification.Problems)
            FuzzFailure.Unless(problem.Line >= 1 && problem.Line <= lines + 1 && problem.Message.Length < 4096, "a problem has its place");
    }

    private static AuditHead Head { get; set; }

    private static byte[] Write()
    {
        DateTimeOffset start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
        using AuditRecordWriter records = new();
        records.PutFile(start, AuditFolder.Name(1), default, 0);
        for (int i = 0; i < 6; i++)
        {
            records.Put(
                new() { Kind = (BudgetEventKind)i, Time = start.AddSeconds(i), Rule = "month", Verdict = Verdict.Deny, Count = i, Reason = "Spend is above the limit." }, i == 3 ? 5 : 0);
        }

        Head = records.Head;
        return records.Lines.ToArray();
    }
}
