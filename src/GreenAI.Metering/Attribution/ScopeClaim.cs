namespace GreenAI.Metering;

/// <summary>Changes of a live scope by request threads.</summary>
/// <remarks>
/// Two threads may complete, suspend or resume one scope at once: each waits for the other's few stores, and a scope that has
/// ended refuses.
/// </remarks>
internal static class ScopeClaim
{
    /// <summary>Takes a live scope for a change; the caller ends it by publishing the next word. False when it has ended.</summary>
    public static bool TryTake(ref ScopeSlot slot, long generation, out long word)
    {
        word = Volatile.Read(ref slot.Word);
        SpinWait spin = default;
        while (SlotWord.Generation(word) == generation)
        {
            switch (SlotWord.State(word))
            {
                case SlotWord.Active or SlotWord.Suspended:
                    long seen = Interlocked.CompareExchange(ref slot.Word, SlotWord.WithState(word, SlotWord.Changing), word);
                    if (seen == word) return true;
                    word = seen;
                    break;
                case SlotWord.Changing:
                    spin.SpinOnce();
                    word = Volatile.Read(ref slot.Word);
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Ends the running segment; nothing when the scope waits or has ended.</summary>
    /// <returns>Whether a segment ran.</returns>
    public static bool Suspend(ref ScopeSlot scope, long generation, long now)
    {
        if (!TryTake(ref scope, generation, out long word)) return false;
        bool active = SlotWord.State(word) == SlotWord.Active;
        if (active) scope.ActiveTicks += Math.Max(0, now - scope.SegmentStart);
        Volatile.Write(ref scope.Word, active ? SlotWord.NextSegment(word, SlotWord.Suspended) : word);
        return active;
    }

    /// <summary>Reads a live scope without changing it; false when it has ended.</summary>
    public static bool TryRead(ref ScopeSlot scope, long generation, Clock clock, out int model, out long ticks, out long activeTicks)
    {
        SpinWait spin = default;
        while (true)
        {
            long word = Volatile.Read(ref scope.Word);
            long state = SlotWord.State(word);
            model = scope.Model;
            long now = clock.GetTimestamp();
            ticks = Math.Max(0, now - scope.Start);
            activeTicks = scope.ActiveTicks + (state == SlotWord.Active ? Math.Max(0, now - scope.SegmentStart) : 0);
            if (SlotWord.Generation(word) != generation || state is SlotWord.Done or SlotWord.Free) return false;
            // The fields before the word is looked at again: every change of theirs changes the word, first to Changing and then for good.
            Interlocked.MemoryBarrier();
            if (state != SlotWord.Changing && Volatile.Read(ref scope.Word) == word) return true;
            spin.SpinOnce();
        }
    }

    /// <summary>Begins a segment; nothing when the scope computes or has ended.</summary>
    public static void Resume(ref ScopeSlot scope, long generation, long now)
    {
        if (!TryTake(ref scope, generation, out long word)) return;
        bool waiting = SlotWord.State(word) == SlotWord.Suspended;
        if (waiting) scope.SegmentStart = now;
        Volatile.Write(ref scope.Word, waiting ? SlotWord.NextSegment(word, SlotWord.Active) : word);
    }
}
