using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

/// <summary>A meter over fake counters, a fake clock and fake processor times; nothing moves unless the test moves it.</summary>
internal sealed class MeterRig : IDisposable
{
    public MeterRig(params PowerDevice[] devices)
        : this(new GreenAIMeteringOptions(), devices)
    {
    }

    public MeterRig(GreenAIMeteringOptions options, params PowerDevice[] devices)
        : this(options, learnPower: true, devices)
    {
    }

    public MeterRig(GreenAIMeteringOptions options, bool learnPower, params PowerDevice[] devices)
        : this(options, learnPower, [], devices)
    {
    }

    public MeterRig(GreenAIMeteringOptions options, ICarbonIntensityProvider carbon, params PowerDevice[] devices)
        : this(options, learnPower: true, [carbon], devices)
    {
    }

    public MeterRig(GreenAIMeteringOptions options, bool learnPower, IReadOnlyList<ICarbonIntensityProvider> carbon, params PowerDevice[] devices)
    {
        Source = new FakePowerSource(Time, devices);
        Meter = new EnergyMeter(options, new MeterEnvironment
        {
            TimeProvider = Time,
            Sources = [Source],
            ProcessorTimes = Processor,
            Observers = [Finals],
            LoggerFactory = Logs,
            MeterFactory = Meters,
            LearnPower = learnPower,
            CarbonIntensity = carbon,
        });
    }

    public FakeTimeProvider Time { get; } = new();

    public FakePowerSource Source { get; }

    public FakeProcessorTimes Processor { get; } = new();

    public CollectingObserver Finals { get; } = new();

    public CollectingLoggerFactory Logs { get; } = new();

    public ScopedMeters Meters { get; } = new();

    public EnergyMeter Meter { get; }

    /// <summary>Lets time pass while every device draws power and our process uses a processor.</summary>
    public void Run(double seconds, double watts, double ownProcessors = 1, double foreignProcessors = 0)
    {
        var time = TimeSpan.FromSeconds(seconds);
        Source.Burn(watts, time);
        Processor.Own += seconds * ownProcessors;
        Processor.Busy += seconds * (ownProcessors + foreignProcessors);
        Time.Advance(time);
    }

    /// <summary>Lets time pass with nobody at work, in ticks of 100 ms, so that the floor is seen.</summary>
    public void Idle(double seconds, double watts)
    {
        for (int tick = 0; tick < (int)Math.Round(seconds * 10); tick++)
        {
            Run(0.1, watts, ownProcessors: 0);
            Meter.Engine.Tick();
        }
    }

    /// <summary>Asks the providers of grid factors now, as the background does.</summary>
    /// <returns>After which pause the background would ask again.</returns>
    public TimeSpan AskCarbon()
    {
        Task<TimeSpan> asking = Meter.Engine.Account.Feed!.AskAsync(TestContext.Current.CancellationToken);
        Assert.True(asking.IsCompleted, "What answers at once is taken in at once.");
        return asking.Result;
    }

    public EnergyTotals Settle()
    {
        ValueTask<EnergyTotals> settling = Meter.SettleAsync();
        Assert.True(settling.IsCompleted, "Without a sampler a settlement must not wait.");
        EnergyTotals totals = settling.Result;
        Books.AssertBalanced(totals);
        return totals;
    }

    /// <summary>Ends the meter and waits until the observer was told everything.</summary>
    public IReadOnlyList<InferenceFootprint> Finish()
    {
        Meter.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return Finals.All;
    }

    public void Dispose()
    {
        Meter.Dispose();
        Meters.Dispose();
    }
}
