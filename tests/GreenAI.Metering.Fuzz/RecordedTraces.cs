using System.Buffers.Binary;

namespace GreenAI.Metering.Fuzz;

/// <summary>Small traces of a made-up machine, and their parts.</summary>
internal static class RecordedTraces
{
    public static IReadOnlyList<byte[]> All { get; } = [Record(1), Record(3)];

    /// <summary>Replays bytes: they are a trace, or refused as none.</summary>
    public static void Replay(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        try
        {
            TraceReplayResult result = TraceReplay.Run(stream);
            FuzzFailure.Unless(result.Totals.Unaccounted == Energy.Zero, "the books of a replay balance");
        }
        catch (TraceFormatException exception)
        {
            FuzzFailure.Unless(exception.Offset >= 0 && exception.Offset <= bytes.Length, "a trace is refused at a place inside it");
        }
    }

    /// <summary>The payloads of the blocks of a kind.</summary>
    public static byte[] Blocks(byte[] trace, byte kind)
    {
        List<byte> payloads = [];
        for (int at = TraceFormat.PreambleSize; at < trace.Length;)
        {
            uint head = BinaryPrimitives.ReadUInt32LittleEndian(trace.AsSpan(at));
            int length = (int)(head & 0xFF_FFFF);
            if (head >> 24 == kind) payloads.AddRange(trace.AsSpan(at + TraceFormat.BlockHeaderSize, length));
            at += TraceFormat.BlockHeaderSize + length;
        }

        return [.. payloads];
    }

    /// <summary>A trace of three blocks with sound checksums.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> header, ReadOnlySpan<byte> events, ReadOnlySpan<byte> end)
    {
        byte[] trace = new byte[TraceFormat.PreambleSize + (3 * TraceFormat.BlockHeaderSize) + header.Length + events.Length + end.Length];
        TraceFormat.WritePreamble(trace);
        int at = Put(trace, TraceFormat.PreambleSize, header, TraceFormat.HeaderBlock, 0);
        at = Put(trace, at, events, TraceFormat.EventBlock, 1);
        Put(trace, at, end, TraceFormat.EndBlock, 2);
        return trace;
    }

    private static int Put(byte[] trace, int at, ReadOnlySpan<byte> payload, byte kind, uint index)
    {
        Span<byte> block = trace.AsSpan(at, TraceFormat.BlockHeaderSize + payload.Length);
        payload.CopyTo(block[TraceFormat.BlockHeaderSize..]);
        TraceFormat.Seal(block, kind, index);
        return at + block.Length;
    }

    private static byte[] Record(int devices)
    {
        using var trace = new MemoryStream();
        var machine = new RecordedMachine(devices);
        using (var meter = new EnergyMeter(
            new GreenAIMeteringOptions { MaxModels = 4, MaxScopes = 4096 },
            new MeterEnvironment { TimeProvider = machine, Sources = [machine], Trace = trace, ProcessorTimes = machine }))
        {
            InferenceScope runs = meter.Begin("runs");
            for (int close = 0; close < 8; close++)
            {
                using InferenceScope scope = meter.Begin($"model-{close % 2}");
                machine.Advance(20_000_000);
                scope.Suspend();
                machine.Advance(3_000_000);
                if (close % 3 == 0) scope.Complete(close);
                machine.Fails = close == 4;
                machine.Advance(70_000_000);
                meter.Engine.Tick();
            }

            runs.Complete();
            meter.Engine.CloseNow(closeStandstill: true);
        }

        return trace.ToArray();
    }
}
