namespace GreenAI.Metering.Tests;

/// <summary>What decides bills beside readings and requests: declared models, power limits, quotas.</summary>
public sealed class TraceDeclarationTests
{
    [Fact]
    public void Replay_DeclaredModels_LimitedDevicesAndThrottling_GivesTheBillsBitForBit()
    {
        using Rig rig = new(
            [
                Device("cpu:limited", EnergyDomain.CpuPackage, Power.FromWatts(60)),
                Device("gpu:0", EnergyDomain.Gpu, null),
            ],
            new Dictionary<string, ModelOptions>
            {
                ["heavy"] = new() { RelativeWeight = 1 / 3.0, Devices = ["cpu"] },
                ["lighté"] = new() { RelativeWeight = 7.1, Devices = [] },
                ["board"] = new() { Devices = ["GPU:"] },
                ["plain"] = new(),
            });
        var random = new Random(5);
        string[] names = ["heavy", "lighté", "board", "plain", "undeclared"];
        for (int close = 0; close < 400; close++)
        {
            InferenceScope[] scopes = [.. names.Where(_ => random.Next(3) > 0).Select(rig.Meter.Begin)];
            rig.Run(random.Next(20_000_000, 100_000_000), 40 + (30 * random.NextDouble()));
            foreach (InferenceScope scope in scopes) scope.Complete();
            if (close % 7 == 0) rig.Processor.Throttled = close / 3.0;
            rig.Run(random.Next(0, 30_000_000), 12);
            rig.Meter.Engine.Tick();
        }

        rig.AssertReplayed();
    }

    // A request of a new model may come at any moment of a close.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Replay_ModelsRegisteredWithinCloses_GivesTheBillsBitForBit(int everyReads)
    {
        using Rig rig = new(
            [Device("cpu:0", EnergyDomain.CpuPackage, null)],
            Enumerable.Range(0, 30).ToDictionary(i => $"model-{i}", i => new ModelOptions { RelativeWeight = 1 + i }));
        var random = new Random(3);
        var open = new Queue<InferenceScope>();
        int registered = 0;
        rig.OnRead = () =>
        {
            if (random.Next(3) < everyReads) return;
            InferenceScope scope = rig.Meter.Begin($"late-{registered++ % 60}");
            rig.Time.Advance(1000);
            open.Enqueue(scope);
        };
        for (int close = 0; close < 300; close++)
        {
            open.Enqueue(rig.Meter.Begin($"model-{random.Next(30)}"));
            rig.Run(random.Next(50_000_000, 100_000_000), 20 + (50 * random.NextDouble()));
            rig.Meter.Engine.Tick();
            while (open.Count > random.Next(6)) open.Dequeue().Complete();
        }

        rig.AssertReplayed();
    }

    private static PowerDevice Device(string id, EnergyDomain domain, Power? limit) => new()
    {
        Id = $"{id}:{Guid.NewGuid()}",
        Name = "Traced",
        Domain = domain,
        Tier = MeasurementTier.Measured,
        PowerLimit = limit,
        SharedByCpuTime = domain == EnergyDomain.CpuPackage,
    };

    private sealed class Rig : IPowerSource
    {
        private readonly FakeCounter[] _counters;
        private readonly CollectingObserver _finals = new();
        private readonly ScopedMeters _meters = new();
        private readonly MemoryStream _trace = new();

        public Rig(PowerDevice[] devices, Dictionary<string, ModelOptions> models)
        {
            Devices = devices;
            _counters = [.. devices.Select(device => new FakeCounter(device))];
            Meter = new EnergyMeter(
                new GreenAIMeteringOptions { MaxScopes = 4096, ObserverQueueCapacity = 1 << 20, Models = models },
                new MeterEnvironment
                {
                    TimeProvider = Time,
                    Sources = [this],
                    ProcessorTimes = Processor,
                    Observers = [_finals],
                    MeterFactory = _meters,
                    Trace = _trace,
                });
        }

        public string Name => "traced";

        public IReadOnlyList<PowerDevice> Devices { get; }

        public NanoTime Time { get; } = new();

        public FakeProcessorTimes Processor { get; } = new();

        public EnergyMeter Meter { get; }

        public Action? OnRead { get; set; }

        public void Read(Span<PowerSample> samples)
        {
            long now = Time.GetTimestamp();
            for (int i = 0; i < samples.Length; i++) samples[i] = _counters[i].Sample(now);
            OnRead?.Invoke();
        }

        public void Run(long nanoseconds, double watts)
        {
            foreach (FakeCounter counter in _counters) counter.Add((long)Math.Round(watts * nanoseconds * 1e-3));
            Processor.Own += nanoseconds * 0.8e-9;
            Processor.Busy += nanoseconds * 1e-9;
            Time.Advance(nanoseconds);
        }

        public void AssertReplayed()
        {
            Meter.DisposeAsync().AsTask().GetAwaiter().GetResult();
            EnergyTotals live = Meter.GetTotals();
            _trace.Position = 0;
            var replayed = new CollectingObserver();
            TraceReplayResult result = TraceReplay.Run(_trace, [replayed]);
            TraceAssert.Same(_finals.All, replayed.All);
            Assert.NotEmpty(replayed.All);
            Assert.Equal(Bits.Of(live), Bits.Of(result.Totals));
            Assert.True(result.MatchesRecording);
        }

        public void Dispose()
        {
            Meter.Dispose();
            _meters.Dispose();
        }
    }
}
