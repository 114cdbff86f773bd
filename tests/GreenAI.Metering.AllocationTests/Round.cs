namespace GreenAI.Metering.AllocationTests;

/// <summary>What one round of requests allocated: the process, of it the callers and the sampler; and that the sampler was at work meanwhile.</summary>
internal readonly record struct Round(long ProcessBytes, long CallerBytes, long SamplerBytes, long Ticks);
