namespace GreenAI.Metering.GpuAcceptance;

/// <summary>What a row says of the meter.</summary>
internal enum RowVerdict
{
    /// <summary>Within the band of NVML's own counter.</summary>
    Agrees,

    /// <summary>Outside of it.</summary>
    Disagrees,

    /// <summary>The meter has no figure for the phase.</summary>
    NotRead,

    /// <summary>NVML has no counter for the board, or it stood still: nothing to compare with.</summary>
    NoCounter,
}
