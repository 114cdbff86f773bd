using System.Buffers.Binary;

namespace GreenAI.Metering.Tests;

/// <summary>An energy meter interface whose answers a test sets.</summary>
internal sealed class FakeEmiMeter
{
    public FakeEmiMeter(params string[] channels)
    {
        Metadata = EmiBytes.SecondVersion(channels);
        Counters = new (ulong, ulong)[channels.Length];
    }

    public int Version { get; set; } = 2;

    public byte[] Metadata { get; set; }

    /// <summary>Size the driver states; null for the true one.</summary>
    public uint? StatedSize { get; set; }

    public (ulong Picowatthours, ulong HardwareTime)[] Counters { get; set; }

    /// <summary>The measurement; null makes it of <see cref="Counters"/>.</summary>
    public byte[]? Measurement { get; set; }

    public int OpenError { get; set; }

    /// <summary>Error codes by control code.</summary>
    public Dictionary<uint, int> Errors { get; } = [];

    /// <summary>Runs at each measurement, before it is answered.</summary>
    public Action? Measuring { get; set; }

    public int Opened { get; private set; }

    public int Open { get; private set; }

    public IEmiHandle NewHandle() => new Handle(this);

    private int Control(uint code, Span<byte> output, out int length)
    {
        length = 0;
        if (Errors.TryGetValue(code, out int error)) return error;
        switch (code)
        {
            case 0x224000:
                BinaryPrimitives.WriteUInt16LittleEndian(output, (ushort)Version);
                length = 2;
                return 0;
            case 0x224004:
                BinaryPrimitives.WriteUInt32LittleEndian(output, StatedSize ?? (uint)Metadata.Length);
                length = 4;
                return 0;
            case 0x224008:
                length = Math.Min(Metadata.Length, output.Length);
                Metadata.AsSpan(0, length).CopyTo(output);
                return 0;
            case 0x22400C:
                Measuring?.Invoke();
                return Measure(output, out length);
            default:
                return 1;
        }
    }

    // Without an array of its own: the measurement is part of the path that must not allocate.
    private int Measure(Span<byte> output, out int length)
    {
        if (Measurement is { } bytes)
        {
            length = Math.Min(bytes.Length, output.Length);
            bytes.AsSpan(0, length).CopyTo(output);
            return 0;
        }

        for (int i = 0; i < Counters.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(output[(16 * i)..], Counters[i].Picowatthours);
            BinaryPrimitives.WriteUInt64LittleEndian(output[((16 * i) + 8)..], Counters[i].HardwareTime);
        }

        length = 16 * Counters.Length;
        return 0;
    }

    private sealed class Handle : IEmiHandle
    {
        private readonly FakeEmiMeter _meter;
        private bool _disposed;

        public Handle(FakeEmiMeter meter)
        {
            _meter = meter;
            _meter.Opened++;
            _meter.Open++;
        }

        public int Control(uint code, Span<byte> output, out int length)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _meter.Control(code, output, out length);
        }

        public void Dispose()
        {
            if (_disposed) return;
            _disposed = true;
            _meter.Open--;
        }
    }
}
