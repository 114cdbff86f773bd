using GreenAI.Metering.Checks;

namespace GreenAI.Metering.AllocationTests;

/// <summary>A meter over four counters that move, a sampler at its fastest, and threads with requests.</summary>
internal sealed class Rig : IDisposable
{
    // In flight at most: 4 threads × 3 samplings × 1,000 requests. The pool is grown well beyond before anything is measured.
    private const int GrownScopes = 32_768;

    private readonly TickSource _ticks = new();
    private readonly Callers _callers;

    /// <param name="policy">The policy under which each request asks to be admitted; null for none.</param>
    public Rig(BudgetPolicy? policy = null)
    {
        Meter = new EnergyMeter(
            new GreenAIMeteringOptions
            {
                SysfsRoot = Tree.Root,
                Sources = ["rapl"],
                SamplingInterval = TimeSpan.FromMilliseconds(10),
                Carbon = new CarbonOptions
                {
                    Zone = "SE",
                    Pue = 1.2,
                    Embodied = { ["server"] = new EmbodiedOptions { KilogramsCO2e = 1000, LifespanYears = 4 } },
                },
            },
            new MeterEnvironment { AdditionalSources = [_ticks], Policy = policy });
        Meter.Start();
        _callers = new Callers(Meter, _ticks, admits: policy is not null);
    }

    public MeteredTree Tree { get; } = new();

    public EnergyMeter Meter { get; }

    /// <summary>Requests so far, by the threads and by <see cref="GrowPool"/>.</summary>
    public long Requests { get; private set; }

    /// <summary>Requests at once, more than there will be again: the pool of slots grows in steps as it is needed.</summary>
    public void GrowPool()
    {
        ModelHandle model = Meter.Model("grow");
        InferenceScope[] scopes = new InferenceScope[GrownScopes];
        foreach (ref InferenceScope scope in scopes.AsSpan()) scope = Meter.Begin(model);
        foreach (InferenceScope scope in scopes) scope.Complete();
        Requests += scopes.Length;
    }

    /// <summary>Makes requests on all threads while the counters move, and measures the whole process.</summary>
    public Round Run(int requests, Leak leak)
    {
        _ticks.Leaks = leak == Leak.Sampler;
        // The last reading may have been a settlement's, on another thread.
        long ticks = _ticks.Ticks;
        while (_ticks.Ticks < ticks + 2) Thread.Sleep(1);
        ticks = _ticks.Ticks;
        long sampler = _ticks.AllocatedBytes;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        _callers.Start(requests / Callers.Threads, leaks: leak == Leak.Caller);
        while (_callers.AreBusy)
        {
            Tree.Add(100_000);
            Thread.Sleep(1);
        }

        long bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        Requests += requests;
        _ticks.Leaks = false;
        return new Round(bytes, _callers.AllocatedBytes, _ticks.AllocatedBytes - sampler, _ticks.Ticks - ticks);
    }

    public void Dispose()
    {
        _callers.Dispose();
        Meter.Dispose();
        Tree.Dispose();
    }
}
