namespace GreenAI.Metering;

/// <summary>What a reading meant for its device's books.</summary>
internal enum CounterStepKind : byte
{
    /// <summary>The first good reading: the start of the books, no energy.</summary>
    Baseline,

    /// <summary>The counter rose plausibly, or power was integrated.</summary>
    Counted,

    /// <summary>The counter stands where it stood: 0 J, never a full wrap.</summary>
    Equal,

    /// <summary>Readings failed in between, and the counter still tells the whole energy.</summary>
    Bridged,

    /// <summary>The counter passed its range once.</summary>
    Wrapped,

    /// <summary>The counter fell further than any wrap explains: a hole and a new baseline.</summary>
    Reset,

    /// <summary>The counter rose faster than the device can draw (a hole and a new baseline), or power exceeds what it can draw.</summary>
    Implausible,

    /// <summary>The counter may have wrapped more than once: the energy is a lower bound and the interval a hole.</summary>
    Ambiguous,

    /// <summary>Readings of power failed in between, and nothing tells what was drawn: a hole, 0 J.</summary>
    Gap,

    /// <summary>No reading: the books stay as they are.</summary>
    Failed,

    /// <summary>The clock did not advance: the reading is left out, its energy comes with the next one.</summary>
    TimeStoodStill,
}
