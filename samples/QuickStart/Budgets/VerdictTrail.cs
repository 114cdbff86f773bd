namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>The verdicts that requests got, one row for each change.</summary>
internal sealed class VerdictTrail(TimeProvider time)
{
    private static readonly Verdict[] _ladder = [Verdict.Allow, Verdict.Warn, Verdict.Degrade, Verdict.Deny];

    private readonly List<VerdictChange> _changes = [];

    // How many rungs were reached one after the other; Allow begins again.
    private int _reached;

    public IReadOnlyList<VerdictChange> Changes => _changes;

    /// <summary>Whether all of it was seen: Allow, Warn, Degrade, Deny, and Allow again.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Takes an answer; it is explained only where it differs from the one before.</summary>
    public void Add(Verdict verdict, Func<string> explain)
    {
        if (_changes.Count > 0 && _changes[^1].Verdict == verdict) return;
        _changes.Add(new VerdictChange(time.GetUtcNow(), verdict, explain()));
        if (verdict == Verdict.Allow)
        {
            IsComplete |= _reached == _ladder.Length;
            _reached = 1;
        }
        else if (_reached < _ladder.Length && verdict == _ladder[_reached])
        {
            _reached++;
        }
    }
}
