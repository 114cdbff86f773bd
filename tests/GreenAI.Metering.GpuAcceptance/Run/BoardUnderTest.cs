namespace GreenAI.Metering.GpuAcceptance;

/// <summary>One metered board and its raw counter.</summary>
internal sealed class BoardUnderTest(PowerDevice device, RawNvml nvml, TimeProvider time)
{
    public PowerDevice Device { get; } = device;

    public string Uuid { get; } = device.Id["nvml:".Length..];

    public RawCounter Counter { get; } = new(nvml, device.Id["nvml:".Length..], time);
}
