namespace GreenAI.Metering;

// What scopes ask of it. On the path of a request: no lock, no allocation.
public sealed partial class EnergyMeter
{
    /// <summary>Says that an inference will begin soon: memory that it needs is fetched meanwhile.</summary>
    internal void Prepare() => _slots.Prefetch();

    internal InferenceFootprint Complete(int slot, long generation, InferenceOutcome outcome, long units) =>
        TryEnd(slot, generation, outcome, units, out int model, out long ticks, out long activeTicks)
            ? _provisional.Estimate(this, model, SlotWord.ScopeId(slot, generation), outcome, Math.Max(0, units), ticks, activeTicks)
            : InferenceFootprint.None;

    // The same where nobody looks at the estimate.
    internal bool TryEnd(int slot, long generation, InferenceOutcome outcome, long units, out int model, out long ticks, out long activeTicks)
    {
        long now = _clock.GetTimestamp();
        ref ScopeSlot scope = ref _slots.Slot(slot);
        if (!ScopeClaim.TryTake(ref scope, generation, out long word))
        {
            (model, ticks, activeTicks) = (0, 0, 0);
            return false;
        }

        if (SlotWord.State(word) == SlotWord.Active) scope.ActiveTicks += Math.Max(0, now - scope.SegmentStart);
        else scope.SegmentStart = now;
        scope.End = Math.Max(now, scope.Start);
        scope.Units = Math.Max(0, units);
        scope.Outcome = outcome;
        // Once Done is published the closer may free the slot: take what the footprint needs before.
        ticks = scope.End - scope.Start;
        activeTicks = scope.ActiveTicks;
        model = scope.Model;
        Volatile.Write(ref scope.Word, SlotWord.WithState(word, SlotWord.Done));
        // A slot lies in the meter's memory, and this may be the last who knows the meter.
        GC.KeepAlive(this);
        return true;
    }

    internal InferenceFootprint Peek(int slot, long generation)
    {
        ref ScopeSlot scope = ref _slots.Slot(slot);
        return ScopeClaim.TryRead(ref scope, generation, _clock, out int model, out long ticks, out long activeTicks)
            ? _provisional.Estimate(this, model, SlotWord.ScopeId(slot, generation), InferenceOutcome.Succeeded, 0, ticks, activeTicks)
            : InferenceFootprint.None;
    }

    internal bool Suspend(int slot, long generation)
    {
        bool ran = ScopeClaim.Suspend(ref _slots.Slot(slot), generation, _clock.GetTimestamp());
        GC.KeepAlive(this);
        return ran;
    }

    internal void Resume(int slot, long generation)
    {
        ScopeClaim.Resume(ref _slots.Slot(slot), generation, _clock.GetTimestamp());
        GC.KeepAlive(this);
    }

    internal void Abandon(int slot, long generation)
    {
        // The usual case of a using block: completed before. One read tells.
        long word = Volatile.Read(ref _slots.Slot(slot).Word);
        if (SlotWord.Generation(word) != generation || SlotWord.State(word) is SlotWord.Done or SlotWord.Free) return;
        TryEnd(slot, generation, InferenceOutcome.Abandoned, 0, out _, out _, out _);
    }
}
