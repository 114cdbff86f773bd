using System.Buffers.Binary;

namespace GreenAI.Metering;

/// <summary>One energy meter interface held open: its channels, and its latest measurement.</summary>
/// <remarks>Not thread-safe: detection, then one sampler reads it. A good reading allocates nothing.</remarks>
internal sealed class EmiDevice(IEmiSystem system, string path, TimeProvider timeProvider) : IDisposable
{
    private const uint GetVersion = 0x224000;
    private const uint GetMetadataSize = 0x224004;
    private const uint GetMetadata = 0x224008;
    private const uint GetMeasurement = 0x22400C;

    private readonly RetryPause _pause = new(timeProvider);
    private IEmiHandle? _handle;
    private byte[] _measurement = [];

    public IReadOnlyList<EmiChannel> Channels { get; private set; } = [];

    /// <summary>Why there is no measurement; <see cref="SampleFault.None"/> when there is.</summary>
    public SampleFault Fault { get; private set; } = SampleFault.Missing;

    /// <summary>When the latest measurement was asked for and when it came.</summary>
    public (long Before, long After) Call { get; private set; }

    /// <summary>Opens the interface and reads what it says of itself.</summary>
    /// <returns>Null, or why it cannot be used, as a sentence without its stop.</returns>
    public string? TryOpen()
    {
        int error = system.Open(path, out IEmiHandle? handle);
        if (error != EmiError.None) return Refuse(error, "cannot be opened");
        _handle = handle;
        Span<byte> number = stackalloc byte[sizeof(uint)];
        if ((error = Ask(GetVersion, number[..2])) != EmiError.None) return Refuse(error, "does not tell its version");
        int version = BinaryPrimitives.ReadUInt16LittleEndian(number);
        if ((error = Ask(GetMetadataSize, number)) != EmiError.None) return Refuse(error, "does not tell the size of its metadata");
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(number);
        if (size > EmiMetadata.MaxLength) return Refuse(SampleFault.Malformed, "cannot be used: its metadata is too long");
        byte[] metadata = new byte[size];
        if ((error = _handle!.Control(GetMetadata, metadata, out int length)) != EmiError.None)
            return Refuse(error, "does not give its metadata");
        if (EmiMetadata.Parse(metadata.AsSpan(0, Math.Clamp(length, 0, metadata.Length)), version, out IReadOnlyList<EmiChannel> channels)
            is { } refusal)
            return Refuse(SampleFault.Malformed, $"cannot be used: {refusal}");
        Channels = channels;
        if (_measurement.Length != channels.Count * EmiMeasurement.Length)
            _measurement = new byte[channels.Count * EmiMeasurement.Length];
        Fault = SampleFault.None;
        return null;
    }

    /// <summary>Measures all channels; an interface that failed is opened again, at growing intervals.</summary>
    public void Measure()
    {
        long before = timeProvider.GetTimestamp();
        if (_handle is not null || (_pause.IsOver(before) && TryReopen(before)))
        {
            int error = Ask(GetMeasurement, _measurement);
            if (error == EmiError.None) _pause.Clear();
            else Close(EmiError.Fault(error), before);
        }

        Call = (before, timeProvider.GetTimestamp());
    }

    /// <summary>A channel's part of the latest measurement.</summary>
    public SampleFault TryGet(EmiChannel channel, out EmiMeasurement measurement)
    {
        measurement = default;
        if (Fault != SampleFault.None) return Fault;

        // After a reopening the interface may be another one: a channel is what it was only under its name.
        bool same = channel.Index < Channels.Count && Channels[channel.Index] == channel;
        return same && EmiMeasurement.TryRead(_measurement, channel.Index, out measurement) ? SampleFault.None : SampleFault.Gone;
    }

    public void Dispose()
    {
        _handle?.Dispose();
        (_handle, Fault) = (null, SampleFault.Missing);
    }

    private bool TryReopen(long now)
    {
        _pause.Fail(now);
        return TryOpen() is null;
    }

    // A shorter answer than was asked for is no answer.
    private int Ask(uint code, Span<byte> answer)
    {
        int error = _handle!.Control(code, answer, out int length);
        return error != EmiError.None ? error : length == answer.Length ? EmiError.None : EmiError.InvalidData;
    }

    private string Refuse(int error, string what) => Refuse(EmiError.Fault(error), FormattableString.Invariant($"{what} (error {error})"));

    private string Refuse(SampleFault fault, string what)
    {
        _handle?.Dispose();
        (_handle, Fault) = (null, fault);
        return what;
    }

    private void Close(SampleFault fault, long now)
    {
        _pause.Fail(now);
        _handle?.Dispose();
        (_handle, Fault) = (null, fault);
    }
}
