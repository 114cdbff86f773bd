namespace GreenAI.Metering;

/// <summary>A consistent copy of what a request thread last published about its scope.</summary>
internal readonly struct ScopeObservation
{
    private readonly long _segmentStart;
    private readonly long _activeTicks;

    private ScopeObservation(in ScopeSlot slot, long state)
    {
        State = state;
        Model = slot.Model;
        Start = slot.Start;
        End = slot.End;
        _segmentStart = slot.SegmentStart;
        _activeTicks = slot.ActiveTicks;
    }

    public long State { get; }

    public int Model { get; }

    public long Start { get; }

    public long End { get; }

    /// <summary>When the running segment began.</summary>
    public long SegmentStart => _segmentStart;

    /// <summary>Active ticks of all segments that have ended; all there will ever be when the scope is done.</summary>
    public long EndedTicks => _activeTicks;

    /// <summary>Copies the slot; false when a request thread is changing it, which counts as no change yet.</summary>
    public static bool TryTake(in ScopeSlot slot, long word, out ScopeObservation observation)
    {
        observation = default;
        long state = SlotWord.State(word);
        if (state == SlotWord.Changing) return false;
        observation = new ScopeObservation(slot, state);
        // Only the closer ends Done, so a done slot stands still. Any other may have moved on while it was copied: the copy
        // counts only if the word did not (loads before the fence stay before it).
        if (state == SlotWord.Done) return true;
        Interlocked.MemoryBarrier();
        return Volatile.Read(in slot.Word) == word;
    }

    /// <summary>Whether the scope was computing at the moment.</summary>
    public bool IsRunningAt(long time) => State == SlotWord.Active && _segmentStart < time;

    /// <summary>Active ticks from the start to the moment.</summary>
    public long ActiveBy(long time) => State switch
    {
        SlotWord.Active => _activeTicks + Math.Max(0, time - _segmentStart),
        SlotWord.Done => Math.Max(0, _activeTicks - Math.Max(0, End - Math.Max(time, _segmentStart))),
        _ => _activeTicks,
    };
}
