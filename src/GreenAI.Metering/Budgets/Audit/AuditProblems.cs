using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Collects problems, the first ones of them, and tells what is missing from what is only elsewhere.</summary>
internal sealed class AuditProblems
{
    private readonly List<AuditProblem> _told = [];
    private readonly List<(long First, long Last, int Problem)> _gaps = [];

    public long Count { get; private set; }

    public IReadOnlyList<AuditProblem> Told => _told;

    public void Add(AuditProblem problem)
    {
        Count++;
        if (_told.Count < AuditVerification.MostProblems) _told.Add(problem);
    }

    /// <summary>Records are missing, unless they come later.</summary>
    public void AddGap(string file, long line, long sequence, long first, string missing)
    {
        if (_told.Count < AuditVerification.MostProblems) _gaps.Add((first, sequence - 1, _told.Count));
        Add(new(AuditProblemKind.Removed, file, line, sequence, $"{missing} missing before it."));
    }

    /// <summary>A record whose number was passed already: it was missed, or it is there twice.</summary>
    public void AddLate(string file, long line, long sequence)
    {
        int gap = _gaps.FindIndex(gap => gap.First <= sequence && sequence <= gap.Last);
        if (gap < 0)
        {
            Add(new(AuditProblemKind.Inserted, file, line, sequence, "A record of this number was there already."));
            return;
        }

        AuditProblem before = _told[_gaps[gap].Problem];
        if (_gaps[gap].First == _gaps[gap].Last)
        {
            string message = string.Create(CultureInfo.InvariantCulture, $"The record stands before record {sequence}, which is in line {line} of {file}.");
            _told[_gaps[gap].Problem] = new(AuditProblemKind.Reordered, before.File, before.Line, before.Sequence, message);
        }

        Add(new(AuditProblemKind.Reordered, file, line, sequence, string.Create(CultureInfo.InvariantCulture, $"The record stands after record {before.Sequence}.")));
    }
}
