using System.Runtime.InteropServices;

namespace GreenAI.Metering.Tests;

/// <summary>A kernel with energy events whose counts and errors a test sets; it hands out the bytes a kernel would.</summary>
internal sealed class FakePerfEvents : IPerfEvents
{
    private readonly Dictionary<(ulong Config, int Processor), ulong> _hardware = [];
    private readonly Dictionary<(ulong Config, int Processor), int> _openErrors = [];

    /// <summary>Each opening: the attributes, the process and the processor.</summary>
    public List<(byte[] Attributes, int Process, int Processor)> Opened { get; } = [];

    /// <summary>Events open now.</summary>
    public int Open { get; private set; }

    /// <summary>The longest structure this kernel takes.</summary>
    public int LongestAttributes { get; set; } = 136;

    /// <summary>The number the PMU must be opened with.</summary>
    public uint Type { get; set; } = 21;

    /// <summary>What reading any event answers: 0, or an error number.</summary>
    public int ReadError { get; set; }

    /// <summary>How many bytes reading gives.</summary>
    public int ReadLength { get; set; } = 8;

    public void FailOpening(ulong config, int processor, int error) => _openErrors[(config, processor)] = error;

    /// <summary>Adds to a counter of the hardware; events see what was added since they were opened.</summary>
    public void Add(ulong config, int processor, ulong counts) => _hardware[(config, processor)] = Hardware(config, processor) + counts;

    int IPerfEvents.Open(ReadOnlySpan<byte> attributes, int process, int processor, out IPerfCount? count)
    {
        count = null;
        Opened.Add((attributes.ToArray(), process, processor));
        if (attributes.Length > LongestAttributes) return PerfError.TooBig;
        if (MemoryMarshal.Read<uint>(attributes) != Type) return PerfError.NoEntry;
        ulong config = MemoryMarshal.Read<ulong>(attributes[8..]);
        if (_openErrors.GetValueOrDefault((config, processor)) is not 0 and int error) return error;
        count = new Count(this, config, processor);
        Open++;
        return 0;
    }

    private ulong Hardware(ulong config, int processor) => _hardware.GetValueOrDefault((config, processor));

    private sealed class Count(FakePerfEvents events, ulong config, int processor) : IPerfCount
    {
        private readonly ulong _start = events.Hardware(config, processor);
        private bool _disposed;

        public int Read(Span<byte> buffer, out int length)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            length = 0;
            if (events.ReadError != 0) return events.ReadError;
            ulong count = events.Hardware(config, processor) - _start;
            MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in count))[..events.ReadLength].CopyTo(buffer);
            length = events.ReadLength;
            return 0;
        }

        public void Dispose()
        {
            if (_disposed) return;
            _disposed = true;
            events.Open--;
        }
    }
}
