using System.Reflection;
using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>
/// Records what the closer reads of the world: counters, processor times, the clock, and what it sees of each scope. All else
/// that decides a bill follows from these, so that the same engine, shown the same, gives the same bills.
/// </summary>
/// <remarks>
/// Called by the closer only, in the middle of a close. It allocates nothing once it is warm, and does no I/O. A recording
/// that has ended does nothing any more. Model names are recorded; nothing of what a request holds is.
/// </remarks>
internal sealed class TraceRecorder
{
    private readonly TraceWriter _writer;
    private readonly PowerSample[][] _samples;
    private readonly TracedSlot[]?[] _slots;
    private readonly long _flushTicks;
    private TraceSegment? _segment;
    private long _now;
    private long _flushed;
    private int _slot;
    private bool _closing;
    private int _models;
    private long _dropped;
    private long _closes;
    private long _ownMicroseconds;
    private long _busyMicroseconds;
    private int _processorCount;
    private double _throttledSeconds;

    private TraceRecorder(TraceWriter writer, GreenAIMeteringOptions options, IReadOnlyList<IPowerSource> sources, long frequency)
    {
        _writer = writer;
        _samples = [.. sources.Select(source => new PowerSample[source.Devices.Count])];
        _slots = new TracedSlot[]?[(options.MaxScopes + SlotChunk.Size - 1) / SlotChunk.Size];
        _flushTicks = frequency;
        _segment = writer.Rent();
    }

    /// <summary>Completes when everything is written, or nothing more can be.</summary>
    public Task Finished => _writer.Finished;

    /// <summary>Begins a recording.</summary>
    /// <param name="stream">Receives the trace.</param>
    /// <param name="owned">Whether the stream is disposed at the end.</param>
    /// <param name="options">The options of the meter.</param>
    /// <param name="sources">All its sources.</param>
    /// <param name="frequency">Ticks per second of its clock.</param>
    /// <param name="logger">Receives what goes wrong.</param>
    public static TraceRecorder Start(
        Stream stream, bool owned, GreenAIMeteringOptions options, IReadOnlyList<IPowerSource> sources, long frequency, ILogger logger)
    {
        var writer = new TraceWriter(stream, owned, logger);
        var recorder = new TraceRecorder(writer, options, sources, frequency);
        writer.Start(new TraceHeader
        {
            Library = typeof(TraceRecorder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            TimestampFrequency = frequency,
            Options = TraceHeaderOptions.Of(options),
            Sources = [.. sources.Select(source => new TraceHeaderSource
            {
                Name = source.Name,
                Devices = [.. source.Devices.Select(TraceHeaderDevice.Of)],
            })],
        });
        return recorder;
    }

    public void BeginClose(long now, CloseMode mode)
    {
        if (_closing) Cut(TraceEnding.Broken);
        if (Room() is not { } to) return;
        _closing = true;
        _slot = -1;
        to.Byte(TraceEvent.BeginClose);
        to.Byte((byte)mode);
        to.Signed(now - _now);
        _now = now;
    }

    /// <summary>Ends a close, and lets what was recorded go out once a second.</summary>
    public void EndClose(long end, ModelRegistry models, long dropped)
    {
        Changes(models, models.Count, dropped);
        if (Room() is not { } to) return;
        to.Byte(TraceEvent.EndClose);
        to.Signed(end - _now);
        _closing = false;
        _closes++;
        if (_now - _flushed < _flushTicks || !_writer.IsIdle) return;
        _flushed = _now;
        Exchange(to);
    }

    /// <summary>Ends the recording, with what the books say: a replay must come to the same.</summary>
    public void End(EnergyTotals totals, long now, ModelRegistry models)
    {
        if (_closing) Cut(TraceEnding.Broken);
        Changes(models, totals.Models.Count, totals.DroppedScopes);
        if (_segment is not { } last) return;
        if (!last.IsEmpty) Exchange(last);
        _segment = null;
        var end = new TraceSegment();
        end.Byte((byte)TraceEnding.Complete);
        end.Signed(now - _now);
        end.Number((ulong)_closes);
        end.Fixed32((int)TraceDigest.Of(totals));
        _writer.End(end, TraceEnding.Complete);
    }

    public void Read(int source, ReadOnlySpan<PowerSample> samples)
    {
        if (Room() is not { } to) return;
        to.Byte(TraceEvent.Source);
        to.Number((ulong)source);
        for (int i = 0; i < samples.Length; i++)
        {
            if (Room() is not { } next) return;
            TraceSamples.Write(next, samples[i], ref _samples[source][i], _now);
        }
    }

    public void SourceThrew(int source)
    {
        if (Room() is not { } to) return;
        to.Byte(TraceEvent.SourceThrew);
        to.Number((ulong)source);
    }

    public void ProcessorTimes(bool read, in ProcessorTimesReading reading)
    {
        if (Room() is not { } to) return;
        if (!read)
        {
            to.Byte(TraceEvent.NoProcessorTimes);
            return;
        }

        bool own = TraceSeconds.TryGetMicroseconds(reading.OwnSeconds, out long ownMicroseconds);
        bool busy = TraceSeconds.TryGetMicroseconds(reading.BusySeconds, out long busyMicroseconds);
        bool count = reading.ProcessorCount != _processorCount;
        bool throttled = BitConverter.DoubleToInt64Bits(reading.ThrottledSeconds) != BitConverter.DoubleToInt64Bits(_throttledSeconds);
        to.Byte(TraceEvent.ProcessorTimes);
        to.Byte((byte)((own ? 0 : TraceEvent.RawOwn) | (busy ? 0 : TraceEvent.RawBusy) | (count ? TraceEvent.Count : 0)
            | (throttled ? TraceEvent.Throttled : 0)));
        TraceSeconds.Write(to, own, reading.OwnSeconds, ownMicroseconds, ref _ownMicroseconds);
        TraceSeconds.Write(to, busy, reading.BusySeconds, busyMicroseconds, ref _busyMicroseconds);
        if (count) to.Signed(reading.ProcessorCount);
        if (throttled) to.Fixed64(BitConverter.DoubleToInt64Bits(reading.ThrottledSeconds));
        _processorCount = reading.ProcessorCount;
        _throttledSeconds = reading.ThrottledSeconds;
    }

    /// <summary>Whether the slot's word is the one recorded last, or need not be.</summary>
    public bool Knows(int slot, long word) => _segment is null || Known(slot).Word == word;

    /// <summary>A scope in use that a request thread was changing when it was looked at.</summary>
    public void Changing(int slot)
    {
        if (Room() is { } to) Scope(to, slot, TraceEvent.Changing);
    }

    /// <summary>A scope that has not ended, as it was seen.</summary>
    public void Running(int slot, long word, in ScopeObservation scope)
    {
        if (_segment is null) return;
        ref TracedSlot known = ref Known(slot);
        // The segment's number in the word comes round after 4,096: the times tell too.
        if (known.Word == word && known.SegmentStart == scope.SegmentStart && known.ActiveTicks == scope.EndedTicks) return;
        if (Room() is not { } to) return;
        bool first = SlotWord.Generation(word) != SlotWord.Generation(known.Word);
        bool active = SlotWord.State(word) == SlotWord.Active;
        bool times = !first || !active || scope.SegmentStart != scope.Start || scope.EndedTicks != 0;
        int flags = (active ? TraceEvent.Active : TraceEvent.Suspended) | (first ? TraceEvent.First : 0) | (times ? TraceEvent.Times : 0);
        Scope(to, slot, flags, word, first ? 0 : SlotWord.Segment(known.Word));
        if (first)
        {
            to.Number((ulong)scope.Model);
            to.Signed(_now - scope.Start);
        }

        if (times) Times(to, scope.SegmentStart, scope.EndedTicks);
        known = new TracedSlot { Word = word, SegmentStart = scope.SegmentStart, ActiveTicks = scope.EndedTicks };
    }

    /// <summary>A scope that has ended.</summary>
    public void Done(int slot, in ScopeSlot scope)
    {
        if (_segment is null) return;
        ref TracedSlot known = ref Known(slot);
        if (known.Word == scope.Word || Room() is not { } to) return;
        bool first = SlotWord.Generation(scope.Word) != SlotWord.Generation(known.Word);
        bool times = scope.SegmentStart != scope.Start || scope.ActiveTicks != scope.End - scope.Start;
        bool usual = scope.Outcome <= InferenceOutcome.Abandoned && scope.Units == (scope.Outcome == InferenceOutcome.Succeeded ? 1 : 0);
        int outcome = usual ? (int)scope.Outcome : TraceEvent.AnyOutcome;
        int flags = TraceEvent.Done | (first ? TraceEvent.First : 0) | (times ? TraceEvent.Times : 0) | (outcome << TraceEvent.OutcomeShift);
        Scope(to, slot, flags, scope.Word, first ? 0 : SlotWord.Segment(known.Word));
        to.Signed(_now - scope.End);
        if (first)
        {
            to.Number((ulong)scope.Model);
            to.Signed(scope.End - scope.Start);
        }

        if (times) Times(to, scope.SegmentStart, scope.ActiveTicks);
        if (!usual)
        {
            to.Byte((byte)scope.Outcome);
            to.Signed(scope.Units);
        }

        known = new TracedSlot { Word = scope.Word, SegmentStart = scope.SegmentStart, ActiveTicks = scope.ActiveTicks };
    }

    private void Times(TraceSegment to, long segmentStart, long activeTicks)
    {
        to.Signed(_now - segmentStart);
        to.Signed(activeTicks);
    }

    private void Scope(TraceSegment to, int slot, int flags, long word, long segmentBefore)
    {
        long segments = (SlotWord.Segment(word) - segmentBefore) & SlotWord.MaxSegment;
        Scope(to, slot, flags | (segments == 0 ? 0 : TraceEvent.Segment));
        if (segments != 0) to.Number((ulong)segments);
    }

    // A scan goes through the slots in their order: each is a short step from the one before.
    private void Scope(TraceSegment to, int slot, int flags)
    {
        to.Byte((byte)(TraceEvent.Scope | flags));
        to.Number((ulong)(slot - _slot - 1));
        _slot = slot;
    }

    private void Changes(ModelRegistry models, int count, long dropped)
    {
        for (; _models < count; _models++)
        {
            if (Room() is not { } to) return;
            to.Byte(TraceEvent.Model);
            to.Text(models.Name(_models));
        }

        if (dropped == _dropped || Room() is not { } last) return;
        last.Byte(TraceEvent.Dropped);
        last.Number((ulong)dropped);
        _dropped = dropped;
    }

    private ref TracedSlot Known(int slot) =>
        ref (_slots[slot >>> SlotChunk.Shift] ??= new TracedSlot[SlotChunk.Size])[slot & SlotChunk.Mask];

    // A segment with room for one more event; null when the recording has ended.
    private TraceSegment? Room() => _segment is not { } segment || segment.Free >= TraceFormat.MaxEventSize ? _segment : Exchange(segment);

    private TraceSegment? Exchange(TraceSegment recorded)
    {
        _segment = _writer.Exchange(recorded);
        if (_segment is null) Cut(TraceEnding.Behind);
        return _segment;
    }

    // What is left of the segment under way belongs to a close that did not end: a reader drops it.
    private void Cut(TraceEnding ending)
    {
        if (_segment is { IsEmpty: false } last) _writer.Exchange(last);
        _segment = null;
        _closing = false;
        var end = new TraceSegment();
        end.Byte((byte)ending);
        _writer.End(end, ending);
    }
}
