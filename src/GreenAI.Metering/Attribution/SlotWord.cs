namespace GreenAI.Metering;

/// <summary>
/// The one word of a slot: generation (48 bits), segment (12 bits, counts suspensions) and state (4 bits). Changing any of
/// them is one atomic step, so that a stale scope can never act on the slot's next inference.
/// </summary>
internal static class SlotWord
{
    public const long Free = 0;
    public const long Active = 1;
    public const long Suspended = 2;

    /// <summary>A request thread is between its first and last write of a change (suspend, resume, complete).</summary>
    public const long Changing = 3;

    public const long Done = 4;

    /// <summary>The highest segment number; the next one is 0 again.</summary>
    public const long MaxSegment = 0xFFF;

    private const long StateMask = 0xF;
    private const long SegmentStep = 0x10;
    private const long SegmentMask = 0xFFF0;
    private const int SegmentShift = 4;
    private const int GenerationShift = 16;

    public static long State(long word) => word & StateMask;

    public static long Generation(long word) => word >>> GenerationShift;

    public static long WithState(long word, long state) => (word & ~StateMask) | state;

    public static long NextSegment(long word, long state) =>
        (word & ~(StateMask | SegmentMask)) | ((word + SegmentStep) & SegmentMask) | state;

    /// <summary>How often the scope was suspended or resumed, modulo 4,096.</summary>
    public static long Segment(long word) => (word & SegmentMask) >>> SegmentShift;

    /// <summary>The word after so many segments.</summary>
    public static long AddSegments(long word, long segments, long state) =>
        (word & ~(StateMask | SegmentMask)) | ((word + (segments << SegmentShift)) & SegmentMask) | state;

    /// <summary>The word of a freed slot: the next generation, segment 0.</summary>
    public static long NextGeneration(long word) => (Generation(word) + 1) << GenerationShift;

    /// <summary>A number unique to one inference: 42 bits of generation above 20 bits of slot, always positive.</summary>
    public static long ScopeId(int slot, long generation) => ((generation & 0x3FF_FFFF_FFFF) << 20) | (uint)slot;
}
