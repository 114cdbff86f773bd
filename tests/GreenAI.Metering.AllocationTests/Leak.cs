namespace GreenAI.Metering.AllocationTests;

/// <summary>Where a negative control allocates on purpose: the proof that the measurement would see it.</summary>
internal enum Leak
{
    None,

    /// <summary>One object per request, on the caller's thread.</summary>
    Caller,

    /// <summary>One object per sampling, on the sampler's thread.</summary>
    Sampler,
}
