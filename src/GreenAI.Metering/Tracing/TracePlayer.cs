using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Reads a trace close by close, and holds what the next close is to see.</summary>
internal sealed class TracePlayer
{
    // What a trace may make its reader allocate for slots before it has shown scopes to fill them: the whole table of a meter
    // with 65,536 slots and 64 devices.
    private const long UnseenSlotBytes = 256L << 20;

    // One of the meter's making, one of its first close.
    private const int MaxProcessorReadings = 2;

    private readonly TraceReader _reader;
    private readonly PowerSample[][] _known;
    private readonly ReplayPowerSource[] _sources;
    private readonly Queue<ProcessorTimesReading?> _processor = new();
    private readonly List<string> _models = [];
    private readonly List<(int Slot, long Word)> _changing = [];
    private long _ownMicroseconds;
    private long _busyMicroseconds;
    private int _processorCount;
    private double _throttledSeconds;
    private long _dropped;
    private long _observations;
    private int _slot;
    private int _model;
    private int _source = -1;
    private int _device;
    private string? _missed;
    private bool _closing;

    /// <exception cref="TraceFormatException">It is not a trace that this library can replay.</exception>
    public TracePlayer(Stream trace)
    {
        _reader = new TraceReader(trace);
        Header = ReadHeader();
        try
        {
            Options = Header.Options.ToOptions();
            _sources = [.. Header.Sources.Select(source =>
                new ReplayPowerSource(source.Name, [.. source.Devices.Select(device => device.ToDevice())], Miss))];
        }
        catch (Exception exception) when (exception is ArgumentException or NullReferenceException)
        {
            throw _reader.Fail($"The header describes no meter: {exception.Message}", exception);
        }

        if (GreenAIMeteringOptionsRules.Check(Options, "options").FirstOrDefault() is { } failure) throw _reader.Fail($"In the header, {failure}");
        if (Header.TimestampFrequency is < 1 or > 1_000_000_000_000)
            throw _reader.Fail($"The header's timestampFrequency is {Header.TimestampFrequency}; it must be from 1 to 1,000,000,000,000.");
        _known = [.. _sources.Select(source => new PowerSample[source.Devices.Count])];
        Time = new ReplayTime(Header.TimestampFrequency);
    }

    public TraceHeader Header { get; }

    public GreenAIMeteringOptions Options { get; }

    public IReadOnlyList<IPowerSource> Sources => _sources;

    public ReplayTime Time { get; }

    public CloseMode Mode { get; private set; }

    /// <summary>The time of the close.</summary>
    public long Now { get; private set; }

    /// <summary>Closes replayed.</summary>
    public long Closes { get; private set; }

    public TraceEnding Ending { get; private set; }

    /// <summary>Of a complete trace: the digest of the books it was recorded with.</summary>
    public uint Digest { get; private set; }

    public bool TryTakeProcessorTimes(out ProcessorTimesReading reading)
    {
        reading = default;
        if (_processor.TryDequeue(out ProcessorTimesReading? next))
        {
            reading = next.GetValueOrDefault();
            return next is not null;
        }

        Miss("The meter reads processor times where the recorded one did not.");
        return false;
    }

    /// <summary>Reads up to the next close and puts into the slots what it is to see. False at the end of the trace.</summary>
    /// <param name="engine">The engine; null before the first close, which makes it.</param>
    public bool TryRead(MeteringEngine? engine)
    {
        while (true)
        {
            while (_reader.IsAtEnd)
            {
                _reader.NextBlock();
                if (_reader.Kind == TraceFormat.HeaderBlock) throw _reader.Fail("A header stands in the middle of the trace.");
                if (_reader.Kind != TraceFormat.EndBlock) continue;
                ReadEnd(engine);
                return false;
            }

            if (TryReadEvent(engine)) return true;
        }
    }

    /// <summary>Registers the models that a close or the end has named.</summary>
    public void RegisterModels(MeteringEngine engine)
    {
        foreach (string name in _models)
        {
            int expected = engine.Models.Count;
            if (engine.Models.GetOrAdd(name, out _) != expected) throw _reader.Fail($"The model {name} is named twice, or is one too many.");
        }

        _models.Clear();
        if (_model >= engine.Models.Count) throw _reader.Fail($"A scope is of the model {_model}; there are {engine.Models.Count}.");
        engine.Slots.RestoreDropped(_dropped);
    }

    /// <summary>After a close: what requests were changing is as it was, and nothing recorded may be left over.</summary>
    public void EndClose(MeteringEngine engine)
    {
        foreach ((int slot, long word) in _changing) engine.Slots.Slot(slot).Word = word;
        _changing.Clear();
        if (_missed is { } missed) throw _reader.Fail($"The trace does not fit this library: {missed}");
        if (_processor.Count > 0 || _sources.Any(source => source.IsLoaded))
            throw _reader.Fail("The trace does not fit this library: the recorded meter read what the replay did not.");
        Closes++;
    }

    public TraceFormatException Fail(string reason, Exception? inner) => _reader.Fail(reason, inner);

    // Within a close, whose own guards would take an exception for a broken source.
    private void Miss(string what) => _missed ??= what;

    private TraceHeader ReadHeader()
    {
        _reader.NextBlock();
        if (_reader.Kind != TraceFormat.HeaderBlock) throw _reader.Fail("The trace has no header.");
        try
        {
            TraceHeader? header = JsonSerializer.Deserialize(_reader.Rest, TraceHeaderJson.Default.TraceHeader);
            if (header is not { Options: not null, Sources: not null } || header.Sources.Any(source => source is not { Name: not null, Devices: not null }
                || source.Devices.Any(device => device is null))) throw _reader.Fail("The header lacks something.");
            while (!_reader.IsAtEnd) _reader.Byte();
            return header;
        }
        catch (JsonException exception)
        {
            throw _reader.Fail($"The header cannot be read: {exception.Message}", exception);
        }
    }

    private void ReadEnd(MeteringEngine? engine)
    {
        Ending = (TraceEnding)_reader.Byte();
        if (Ending > TraceEnding.Broken) throw _reader.Fail($"There is no ending {(byte)Ending}.");
        if (Ending == TraceEnding.Complete)
        {
            if (_closing) throw _reader.Fail("The trace ends within a close.");
            Time.Set(_reader.Time(Now, forward: true));
            if (_reader.Number() != (ulong)Closes) throw _reader.Fail($"The trace does not end after {Closes} closes.");
            Digest = (uint)_reader.Fixed32();
            if (engine is not null) RegisterModels(engine);
        }

        _reader.CheckNothingFollows();
    }

    // True when the event ends a close.
    private bool TryReadEvent(MeteringEngine? engine)
    {
        byte tag = _reader.Byte();
        if (tag >= TraceEvent.Scope)
        {
            RequireClose();
            ReadScope(engine ?? throw _reader.Fail("A scope is older than its meter."), tag);
            return false;
        }

        switch (tag)
        {
            case TraceEvent.BeginClose:
                BeginClose();
                return false;
            case TraceEvent.Source:
                RequireClose();
                BeginSource(_reader.Number(_sources.Length, "The number of a source"));
                return false;
            case TraceEvent.Sample:
                ReadSample();
                return false;
            case TraceEvent.SourceThrew:
                RequireClose();
                Load(_reader.Number(_sources.Length, "The number of a source"), threw: true);
                return false;
            case TraceEvent.ProcessorTimes or TraceEvent.NoProcessorTimes:
                if (_processor.Count == MaxProcessorReadings) throw _reader.Fail("Processor times are read too often for one close.");
                _processor.Enqueue(tag == TraceEvent.ProcessorTimes ? ReadProcessorTimes() : null);
                return false;
            case TraceEvent.Model:
                if (_models.Count > Options.MaxModels) throw _reader.Fail("There are more models than the meter had room for.");
                _models.Add(_reader.Text(256));
                return false;
            case TraceEvent.Dropped:
                _dropped = (long)(_reader.Number() & long.MaxValue);
                return false;
            case TraceEvent.EndClose:
                RequireClose();
                if (_source >= 0) throw _reader.Fail("A close ends within a source.");
                _closing = false;
                Time.Set(Now, _reader.Time(Now, forward: true));
                return true;
            default:
                throw _reader.Fail($"There is no event {tag}.");
        }
    }

    private void RequireClose()
    {
        if (!_closing) throw _reader.Fail("An event stands outside a close.");
    }

    private void BeginClose()
    {
        if (_closing) throw _reader.Fail("A close begins within another.");
        if (Mode == CloseMode.Last) throw _reader.Fail("A close follows the last one.");
        Mode = (CloseMode)_reader.Byte();
        if (Mode > CloseMode.Last) throw _reader.Fail($"There is no kind {(int)Mode} of closing.");
        Now = _reader.Time(Now, forward: true);
        _slot = -1;
        _model = -1;
        _closing = true;
    }

    private void BeginSource(int source)
    {
        if (_source >= 0) throw _reader.Fail("A source begins within another.");
        (_source, _device) = (source, 0);
        EndSource();
    }

    private void ReadSample()
    {
        if (_source < 0) throw _reader.Fail("A sample is of no source.");
        TraceSamples.Read(_reader, ref _known[_source][_device++], Now);
        EndSource();
    }

    private void EndSource()
    {
        if (_device < _known[_source].Length) return;
        Load(_source, threw: false);
        _source = -1;
    }

    private void Load(int source, bool threw)
    {
        if (_sources[source].IsLoaded) throw _reader.Fail("A source is read twice in one close.");
        _sources[source].Load(_known[source], threw);
    }

    private ProcessorTimesReading ReadProcessorTimes()
    {
        byte flags = _reader.Byte();
        if (flags > 15) throw _reader.Fail($"Processor times have the unknown fields {flags}.");
        double own = TraceSeconds.Read(_reader, (flags & TraceEvent.RawOwn) == 0, ref _ownMicroseconds);
        double busy = TraceSeconds.Read(_reader, (flags & TraceEvent.RawBusy) == 0, ref _busyMicroseconds);
        if ((flags & TraceEvent.Count) != 0) _processorCount = unchecked((int)_reader.Signed());
        if ((flags & TraceEvent.Throttled) != 0) _throttledSeconds = BitConverter.Int64BitsToDouble(_reader.Fixed64());
        return new ProcessorTimesReading(own, busy, _processorCount, _throttledSeconds);
    }

    private void ReadScope(MeteringEngine engine, byte flags)
    {
        SlotTable slots = engine.Slots;
        long number = _slot + 1L + (long)(_reader.Number() & int.MaxValue);
        if (number >= slots.Capacity) throw _reader.Fail($"A scope is in the slot {number}; there are {slots.Capacity}.");
        _slot = (int)number;
        _observations++;
        int chunk = _slot >>> SlotChunk.Shift;
        // A meter makes room when all it had is taken, which its scan may not have seen yet: requests run while it scans.
        if (chunk > _observations / 1024 && (chunk + 1) * slots.ChunkBytes > UnseenSlotBytes)
            throw _reader.Fail($"A scope is in the slot {_slot} after only {_observations} others.");
        slots.EnsureChunk(chunk);
        ref ScopeSlot scope = ref slots.Slot(_slot);
        int state = flags & TraceEvent.StateMask;
        if (state == TraceEvent.Changing)
        {
            _changing.Add((_slot, scope.Word));
            scope.Word = SlotWord.WithState(scope.Word, SlotWord.Changing);
        }
        else
        {
            ReadScope(ref scope, flags, state, engine.Models.Capacity);
        }

        slots.Pool.Touch(_slot);
    }

    private void ReadScope(ref ScopeSlot scope, byte flags, int state, int models)
    {
        bool first = (flags & TraceEvent.First) != 0;
        bool times = (flags & TraceEvent.Times) != 0;
        bool done = state == TraceEvent.Done;
        long before = SlotWord.State(scope.Word);
        if (first ? before != SlotWord.Free : before is SlotWord.Free or SlotWord.Done)
            throw _reader.Fail($"The scope in the slot {_slot} {(first ? "has begun already" : "does not run")}.");
        long segments = (flags & TraceEvent.Segment) != 0 ? _reader.Number((int)SlotWord.MaxSegment + 1, "A number of segments") : 0;
        if (done) scope.End = _reader.Time(Now);
        if (first)
        {
            scope.Model = _reader.Number(models, "The number of a model");
            scope.Start = scope.SegmentStart = _reader.Time(done ? scope.End : Now);
            scope.ActiveTicks = 0;
            _model = Math.Max(_model, scope.Model);
        }

        if (done && scope.End < scope.Start) throw _reader.Fail("A scope ends before it begins.");
        if (times) ReadTimes(ref scope);
        else if (done) (scope.SegmentStart, scope.ActiveTicks) = (scope.Start, scope.End - scope.Start);
        if (done) ReadOutcome(ref scope, (flags >> TraceEvent.OutcomeShift) & TraceEvent.OutcomeMask);
        scope.Word = SlotWord.AddSegments(scope.Word, segments, done ? SlotWord.Done : state == TraceEvent.Active ? SlotWord.Active : SlotWord.Suspended);
    }

    private void ReadTimes(ref ScopeSlot scope)
    {
        scope.SegmentStart = _reader.Time(Now);
        scope.ActiveTicks = _reader.Signed();
        if (scope.ActiveTicks is < 0 or > TraceFormat.MaxTime) throw _reader.Fail("A scope was active for longer than a clock can show.");
    }

    private void ReadOutcome(ref ScopeSlot scope, int outcome)
    {
        scope.Outcome = outcome == TraceEvent.AnyOutcome ? (InferenceOutcome)_reader.Byte() : (InferenceOutcome)outcome;
        scope.Units = outcome == TraceEvent.AnyOutcome ? _reader.Signed() : outcome == 0 ? 1 : 0;
        if (scope.Units < 0) throw _reader.Fail("A scope did less than nothing.");
    }
}
