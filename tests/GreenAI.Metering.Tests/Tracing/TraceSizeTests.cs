using System.Globalization;

namespace GreenAI.Metering.Tests;

/// <summary>What a trace costs: bytes, and no allocation.</summary>
public sealed class TraceSizeTests(ITestOutputHelper output)
{
    [Fact]
    public void Trace_BusyService_TakesFewBytesARequest()
    {
        using TraceRig rig = new();
        const int ticks = 600;
        int requests = Load(rig, new Random(7), ticks, perTick: 100);
        rig.AssertReplayed();
        double bytes = rig.Trace.Length / (double)requests;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{requests} requests, {ticks} closes, {rig.Trace.Length} bytes: {bytes:F2} bytes a request"));
        Assert.InRange(bytes, 1, 16);
    }

    [Fact]
    public void Trace_IdleService_TakesFewBytesASampling()
    {
        using TraceRig rig = new();
        rig.Meter.Engine.Tick();
        Load(rig, new Random(7), ticks: 1000, perTick: 0);
        rig.AssertReplayed();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rig.Trace.Length / 1000.0:F1} bytes a sampling of 3 sources, 4 devices"));
        Assert.InRange(rig.Trace.Length, 1, 80_000);
    }

    [Fact]
    public void TenMinutes_OfThreeModels_ReplayBitForBit()
    {
        using TraceRig rig = new();
        int requests = Load(rig, new Random(11), ticks: 6000, perTick: 12);
        TraceReplayResult result = rig.AssertReplayed();
        Assert.Equal(requests, result.Footprints);
        Assert.InRange(result.Totals.Elapsed, TimeSpan.FromMinutes(9.9), TimeSpan.FromMinutes(10.1));
        Assert.True(result.Totals.Settled > Energy.Zero && result.Totals.Idle > Energy.Zero);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{requests} requests, {rig.Trace.Length} bytes: {rig.Trace.Length / (double)requests:F2} bytes a request"));
    }

    [Fact]
    public void Close_Recording_AllocatesNothing()
    {
        using var gate = new GatedStream();
        using TraceRig rig = new(trace: gate, observers: []);
        ModelHandle model = rig.Meter.Model("m");
        void Round()
        {
            for (int close = 0; close < 200; close++)
            {
                for (int i = 0; i < 50; i++)
                {
                    InferenceScope scope = rig.Meter.Begin(model);
                    rig.Time.Advance(100_000);
                    if (i % 5 == 0) scope.Suspend();
                    scope.Complete();
                }

                rig.Run(100_000_000, 30);
                rig.Meter.Engine.Tick();
            }
        }

        // With the stream shut more blocks are made than the measured rounds fill, however late its thread may wake.
        for (int i = 0; i < 12; i++) Round();
        gate.Open();
        AllocationAssert.Zero(Round);
    }

    // Each tick: requests of three models that end in it, and some that run on into the next ones.
    private static int Load(TraceRig rig, Random random, int ticks, int perTick)
    {
        ModelHandle[] models = [.. new[] { "small", "medium", "large" }.Select(rig.Meter.Model)];
        var open = new Queue<InferenceScope>();
        for (int tick = 0; tick < ticks; tick++)
        {
            for (int i = 0; i < perTick; i++)
            {
                open.Enqueue(rig.Meter.Begin(models[random.Next(3)]));
                rig.Run(random.Next(1, 100_000_000 / perTick), 25 + random.Next(20));
                if (open.Count > random.Next(8)) open.Dequeue().Complete();
            }

            // As an idle second now and then, from which the floor is learned.
            bool quiet = perTick > 0 && tick % 100 > 80;
            while (quiet && open.TryDequeue(out InferenceScope scope)) scope.Complete();
            rig.Run(50_000_000, 10, own: 0);
            rig.Meter.Engine.Tick();
        }

        int requests = ticks * perTick;
        while (open.TryDequeue(out InferenceScope scope)) scope.Complete();
        return requests;
    }
}
