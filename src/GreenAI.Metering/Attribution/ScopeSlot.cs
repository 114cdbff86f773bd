using System.Runtime.InteropServices;

namespace GreenAI.Metering;

/// <summary>
/// What request threads write about one inference: one cache line, so that two requests never share one. Fields are published
/// by the release-store of <see cref="Word"/>; the closer reads them after an acquire-load of it.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct ScopeSlot
{
    /// <summary>See <see cref="SlotWord"/>.</summary>
    public long Word;

    /// <summary>When the inference began.</summary>
    public long Start;

    /// <summary>When the running segment began; equal to <see cref="End"/> when it ended while suspended.</summary>
    public long SegmentStart;

    /// <summary>Active ticks of the segments that have ended.</summary>
    public long ActiveTicks;

    /// <summary>When the inference ended.</summary>
    public long End;

    public long Units;
    public int Model;
    public InferenceOutcome Outcome;

    /// <summary>Free-list link: the next free slot's number plus one, 0 at the end.</summary>
    public int NextFree;
}
