using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Follows the chain through lines and finds where it is not what was written. Any bytes may come.</summary>
/// <param name="heads">What the chain must contain: the anchor, and what was kept elsewhere.</param>
/// <param name="isWhole">Whether it begins with the first record of all; else it begins where the first line says.</param>
internal sealed class AuditChain(IReadOnlyList<AuditHead> heads, bool isWhole)
{
    private readonly AuditProblems _problems = new();
    private readonly List<(string File, string? Hash, string Of, long Line, long Sequence)> _torn = [];
    private long _next = 1;
    private string _previous = AuditFormat.Genesis;
    private bool _isFloating = !isWhole;
    private bool _isForeign = !isWhole;
    // Lines in a row that could not be read, each of which may have been a record.
    private long _bad;
    private string _file = "";
    private string? _fileBefore;
    private long _line;
    private long _records;

    public AuditProblems Problems => _problems;

    /// <summary>Torn ends that records speak of.</summary>
    public IReadOnlyList<(string File, string? Hash, string Of, long Line, long Sequence)> Torn => _torn;

    public void BeginFile(string name)
    {
        if (_file.Length > 0) _fileBefore = _file;
        _file = name;
        _line = 0;
    }

    /// <returns>The record, when it is sound by itself.</returns>
    public AuditLine? Add(ReadOnlySpan<byte> line)
    {
        _line++;
        if (!AuditFormat.TrySplit(line, out ReadOnlySpan<byte> body, out string hash) || !AuditLine.TryRead(line, out AuditLine record))
        {
            Bad(AuditProblemKind.Altered, "The line is no record of an audit log.");
            return null;
        }

        if (AuditFormat.Hash(record.Previous, body) != hash)
        {
            Bad(AuditProblemKind.Altered, "The record is not what was written: its hash is another.");
            return null;
        }

        _records++;
        if (!CheckFile(record, hash)) Follow(record, hash);
        foreach (AuditHead head in heads)
        {
            if (head.Sequence == record.Sequence && head.Hash != hash)
                Tell(AuditProblemKind.ForeignHead, record.Sequence, "The anchor, or the head that was given, names another record of this number.");
        }

        if (record.TornFile is { } torn) _torn.Add((torn, record.TornHash, _file, _line, record.Sequence));
        return record;
    }

    public void AddTooLong()
    {
        _line++;
        Bad(AuditProblemKind.Altered, "The line is longer than any record.");
    }

    public void AddUnfinished()
    {
        _line++;
        Bad(AuditProblemKind.Torn, "The line is not whole.");
    }

    public void AddUnreadable(string why)
    {
        _line = 0;
        Bad(AuditProblemKind.Unreadable, why);
    }

    public AuditVerification End()
    {
        foreach (AuditHead head in heads.OrderByDescending(head => head.Sequence).Take(1))
        {
            if (head.Sequence < _next + _bad) continue;
            _line++;
            Tell(AuditProblemKind.Truncated, _next, Records(_next, head.Sequence) + " missing at the end: the anchor, or the head that was given, is ahead.");
        }

        return new(_records, new(_next - 1, _previous), _problems.Count, _problems.Told);
    }

    // A record that is at the wrong place in its file, or in the wrong file, is told as that and then followed all the same.
    private bool CheckFile(in AuditLine record, string hash)
    {
        if (record.IsFile != (_line == 1))
        {
            Tell(
                record.IsFile ? AuditProblemKind.Inserted : AuditProblemKind.Removed, record.Sequence,
                record.IsFile ? "The first record of a file stands within one." : "The first record of the file is missing.");
        }
        else if (record.IsFile && record.File != _file)
        {
            Tell(AuditProblemKind.Reordered, record.Sequence, "The file was written under another name.");
        }
        else if (record.IsFile && record.PreviousFile != _fileBefore && record.Break is null)
        {
            Tell(AuditProblemKind.Removed, record.Sequence, "The file before is not the one that this one follows.");
        }
        else
        {
            return false;
        }

        Step(record, hash);
        return true;
    }

    private void Follow(in AuditLine record, string hash)
    {
        if (_isFloating) CheckBefore(record);
        bool follows = _isFloating || (record.Sequence == _next && record.Previous == _previous)
            || (_bad > 0 && record.Sequence >= _next && record.Sequence <= _next + _bad);
        if (record.Break is { } found) Tell(AuditProblemKind.Break, record.Sequence, $"The log was opened after a change that it did not make: {found}");
        else if (follows) { }
        else if (record.Sequence < _next) _problems.AddLate(_file, _line, record.Sequence);
        else if (record.Sequence > _next + _bad) _problems.AddGap(_file, _line, record.Sequence, _next + _bad, Records(_next + _bad, record.Sequence - 1));
        else Tell(AuditProblemKind.Altered, record.Sequence, "The record does not follow the one before: one of the two was replaced.");
        Step(record, hash);
    }

    private void Step(in AuditLine record, string hash)
    {
        if (record.Sequence < _next && !_isFloating) return;
        _isFloating = false;
        _next = record.Sequence + 1;
        _previous = hash;
        _bad = 0;
    }

    // Of a chain that does not begin at its beginning: the anchor may be as old as the record before, and not older.
    private void CheckBefore(in AuditLine record)
    {
        if (!_isForeign) return;
        _isForeign = false;
        foreach (AuditHead head in heads)
        {
            if (head.Sequence < record.Sequence - 1 || (head.Sequence == record.Sequence - 1 && head.Hash != record.Previous))
                Tell(AuditProblemKind.ForeignHead, record.Sequence, "The anchor is not of this chain.");
        }
    }

    private void Bad(AuditProblemKind kind, string message)
    {
        Tell(kind, _next + _bad, message);
        _bad++;
    }

    private void Tell(AuditProblemKind kind, long sequence, string message) => _problems.Add(new(kind, _file, _line, sequence, message));

    private static string Records(long first, long last) => first == last
        ? string.Create(CultureInfo.InvariantCulture, $"Record {first} is")
        : string.Create(CultureInfo.InvariantCulture, $"Records {first} to {last} are");
}
