namespace GreenAI.Metering;

/// <summary>What is reserved for the inference of a slot, and under which budgets it falls.</summary>
internal struct Reservation
{
    public const long Held = 1;
    public const long Begun = 2;

    /// <summary>The generation of the slot and the state: <see cref="Held"/> by an admission, or <see cref="Begun"/>; 0: none.</summary>
    public long Word;

    /// <summary>When it was made, in milliseconds of the boot clock.</summary>
    public long Since;

    /// <summary>The budgets it falls under.</summary>
    public AdmissionPath? Path;

    /// <summary>The leases it is reserved from; null: none.</summary>
    public LeaseSet? Leases;

    /// <summary>What is reserved from each lease of an energy budget, in microjoules.</summary>
    public long Microjoules;

    /// <summary>What is reserved from each lease of a budget of emissions, in micrograms.</summary>
    public long Micrograms;

    public static long Pack(long generation, long state) => (generation << 2) | state;
}
