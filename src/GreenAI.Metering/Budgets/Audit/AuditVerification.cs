namespace GreenAI.Metering;

/// <summary>What came of verifying an audit log.</summary>
/// <remarks>Immutable.</remarks>
public sealed class AuditVerification
{
    internal const int MostProblems = 1000;

    internal AuditVerification(long records, AuditHead head, long problemCount, IReadOnlyList<AuditProblem> problems)
    {
        Records = records;
        Head = head;
        ProblemCount = problemCount;
        Problems = problems;
    }

    /// <summary>Whether every record is as it was written, none is missing and none was added, as far as the anchor and the head that was given can tell.</summary>
    public bool IsIntact => ProblemCount == 0;

    /// <summary>How many records are sound by themselves.</summary>
    public long Records { get; }

    /// <summary>The last record.</summary>
    public AuditHead Head { get; }

    /// <summary>How many problems there are.</summary>
    public long ProblemCount { get; }

    /// <summary>The first 1,000 of them, in the order of the files.</summary>
    public IReadOnlyList<AuditProblem> Problems { get; }
}
