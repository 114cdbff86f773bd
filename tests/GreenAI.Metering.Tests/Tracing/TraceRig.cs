namespace GreenAI.Metering.Tests;

/// <summary>A metered machine of three sources that records, over a clock a test moves.</summary>
internal sealed class TraceRig : IDisposable
{
    private readonly FakePowerSource[] _sources;

    public TraceRig(GreenAIMeteringOptions? options = null, Stream? trace = null, IReadOnlyList<IInferenceObserver>? observers = null)
    {
        _sources =
        [
            new FakePowerSource(
                Time,
                FakePowerSource.Cpu("trace:plain"),
                FakePowerSource.Cpu("trace:wraps", range: 20_000_000, idle: Power.FromWatts(7))),
            new FakePowerSource(Time, FakePowerSource.Cpu("trace:slow", updateMs: 300, shared: false)),
            new FakePowerSource(Time, FakePowerSource.Cpu("trace:throws")),
        ];
        Meter = new EnergyMeter(
            options ?? new GreenAIMeteringOptions { MaxScopes = 4096, ObserverQueueCapacity = 1 << 20 },
            new MeterEnvironment
            {
                TimeProvider = Time,
                Sources = _sources,
                ProcessorTimes = Processor,
                Observers = observers ?? [Finals],
                LoggerFactory = Logs,
                MeterFactory = Meters,
                Trace = trace ?? (options?.TraceFile is null ? Trace : null),
            });
    }

    public NanoTime Time { get; } = new();

    public FakeProcessorTimes Processor { get; } = new();

    public CollectingObserver Finals { get; } = new();

    public CollectingLoggerFactory Logs { get; } = new();

    public ScopedMeters Meters { get; } = new();

    public MemoryStream Trace { get; } = new();

    public EnergyMeter Meter { get; }

    public FakePowerSource Source(int index) => _sources[index % _sources.Length];

    public FakeCounter Counter(int index) => index % 4 < 2 ? _sources[0][index % 4] : _sources[(index % 4) - 1][0];

    public void Run(long nanoseconds, double watts, double own = 1, double foreign = 0)
    {
        double seconds = nanoseconds * 1e-9;
        foreach (FakePowerSource source in _sources) source.Burn(watts, TimeSpan.FromSeconds(seconds));
        Processor.Own += seconds * own;
        Processor.Busy += seconds * (own + foreign);
        Time.Advance(nanoseconds);
    }

    /// <summary>Ends the meter, replays its trace, and compares each bit of each bill and of the books.</summary>
    public TraceReplayResult AssertReplayed()
    {
        Meter.DisposeAsync().AsTask().GetAwaiter().GetResult();
        EnergyTotals live = Meter.GetTotals();
        Trace.Position = 0;
        var replayed = new CollectingObserver();
        TraceReplayResult result = TraceReplay.Run(Trace, [replayed]);
        TraceAssert.Same(Finals.All, replayed.All);
        Assert.Equal(Bits.Of(live), Bits.Of(result.Totals));
        Assert.True(result.IsComplete);
        Assert.True(result.MatchesRecording);
        Assert.Equal(Finals.All.Count, result.Footprints);
        return result;
    }

    public void Dispose()
    {
        Meter.Dispose();
        Meters.Dispose();
    }
}
