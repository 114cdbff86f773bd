namespace GreenAI.Metering.Fuzz;

/// <summary>SplitMix64: a stream of numbers per seed, target and index, the same on every machine and runtime.</summary>
internal struct FuzzRandom
{
    private ulong _state;

    public FuzzRandom(ulong seed, string target, long index)
    {
        _state = seed;
        foreach (char c in target) _state = Mix(_state ^ c);
        _state = Mix(_state ^ (ulong)index);
    }

    public ulong Next() => Mix(_state += 0x9E37_79B9_7F4A_7C15);

    /// <summary>A number from 0 up to, not including, a bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
