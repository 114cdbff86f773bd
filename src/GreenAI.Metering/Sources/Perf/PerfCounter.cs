using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GreenAI.Metering;

/// <summary>One energy event of one package, held open, and opened again when it failed or stopped.</summary>
/// <remarks>
/// <para>The kernel counts from 0 when an event is opened. Nobody counted while it was closed, so the count is shown from 0 again
/// and not carried on: to whoever follows it, a fall is a reset and a hole, never a quiet interval.</para>
/// <para>An event whose processor went offline answers with the count it had, and goes on doing so when the processor is back.
/// A package that draws nothing for a second does not exist, so a count that stands still is opened again; where that is refused,
/// it is no reading until it moves: a hole, never 0 W.</para>
/// <para>Not thread-safe: one sampler reads it. A good reading allocates nothing.</para>
/// </remarks>
internal sealed class PerfCounter(IPerfEvents events, SourceContext context, PerfPlace place, PerfEnergyEvent energy) : IDisposable
{
    private static readonly TimeSpan _standstill = TimeSpan.FromSeconds(1);

    private readonly RetryPause _pause = new(context.TimeProvider);
    private IPerfCount? _count;
    private PerfEnergyEvent _energy = energy;
    private SampleFault _fault = SampleFault.Missing;
    private ulong _last;
    private long _lastMoved;

    public PerfPlace Place => place;

    public PerfEnergyEvent Energy => _energy;

    /// <summary>Opens the event for the first time and reads it for trial.</summary>
    /// <returns>0, or the error number.</returns>
    public int Start(uint type)
    {
        long now = context.TimeProvider.GetTimestamp();
        int error = PerfAttributes.Open(events, type, _energy.Config, place.Processor, out IPerfCount? count);
        if (error == PerfError.None)
        {
            Hold(count, now);
            error = ReadCount(out _);
        }

        if (error != PerfError.None) Drop(PerfError.Fault(error), now);
        return error;
    }

    /// <summary>Reads the energy since the event was opened; while it is closed, opens it again, at growing intervals.</summary>
    public SampleFault TryRead(long now, out long microjoules)
    {
        microjoules = 0;
        if (_count is null && !(_pause.IsOver(now) && TryReopen(now))) return _fault;
        int error = ReadCount(out ulong count);
        if (error == PerfError.None && count == _last && MayHaveStopped(now) && TryReopen(now)) error = ReadCount(out count);
        if (_count is null) return _fault;
        if (error != PerfError.None) return Drop(PerfError.Fault(error), now);
        if (count == _last && _fault != SampleFault.None) return _fault;
        if (count != _last)
        {
            (_last, _lastMoved, _fault) = (count, now, SampleFault.None);
            _pause.Clear();
        }

        microjoules = _energy.Microjoules(count);
        return microjoules < 0 ? Drop(SampleFault.Malformed, now) : SampleFault.None;
    }

    public void Dispose()
    {
        _count?.Dispose();
        (_count, _fault) = (null, SampleFault.Missing);
    }

    private bool MayHaveStopped(long now) =>
        context.TimeProvider.GetElapsedTime(_lastMoved, now) >= _standstill && _pause.IsOver(now);

    // The package may have another processor now, and the PMU another number: everything is looked up again. What is lost for good
    // ends the old event; what is refused for another reason (no right any more, no room for files) does not: it may move again.
    private bool TryReopen(long now)
    {
        _pause.Fail(now);
        SampleFault fault = SampleFault.Gone;
        if (PerfPmu.Read(context, out _) is { } pmu
            && pmu.Places.FirstOrDefault(place.IsSameAs) is { } there
            && pmu.Events.FirstOrDefault(candidate => candidate.Name == _energy.Name) is { } found)
        {
            fault = PerfError.Fault(PerfAttributes.Open(events, pmu.Type, found.Config, there.Processor, out IPerfCount? count));
            if (fault == SampleFault.None)
            {
                _energy = found;
                Hold(count, now);
                return true;
            }
        }

        if (_count is null || fault == SampleFault.Gone) Close(fault);
        _fault = fault;
        return false;
    }

    private void Hold(IPerfCount? count, long now)
    {
        _count?.Dispose();
        (_count, _fault, _last, _lastMoved) = (count, SampleFault.None, 0, now);
    }

    private SampleFault Drop(SampleFault fault, long now)
    {
        _pause.Fail(now);
        return Close(fault);
    }

    private SampleFault Close(SampleFault fault)
    {
        _count?.Dispose();
        _count = null;
        return _fault = fault;
    }

    // read_format 0: one u64 in the byte order of the machine. No bytes mean an event in error (perf_event_open(2)).
    [SkipLocalsInit]
    private int ReadCount(out ulong count)
    {
        Span<byte> buffer = stackalloc byte[sizeof(ulong)];
        count = 0;
        int error = _count!.Read(buffer, out int length);
        if (error != PerfError.None) return error;
        if (length != buffer.Length) return PerfError.NoDevice;
        count = MemoryMarshal.Read<ulong>(buffer);
        return PerfError.None;
    }
}
