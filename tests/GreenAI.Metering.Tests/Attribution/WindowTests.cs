namespace GreenAI.Metering.Tests;

/// <summary>Windows, laps and settlements over fast and slow counters.</summary>
public sealed class WindowTests
{
    private static readonly PowerDevice _machine = FakePowerSource.Cpu(idle: Power.Zero);

    [Fact]
    public async Task M1_OneRegionOrTwoThousandFourHundred_SameJoules()
    {
        using MeterRig rig = new(_machine);
        EnergyWindow whole = rig.Meter.StartWindow("whole");
        EnergyWindow laps = rig.Meter.StartWindow("laps");
        Energy regions = Energy.Zero, lapped = Energy.Zero;
        for (int i = 0; i < 2400; i++)
        {
            EnergyWindow region = rig.Meter.StartWindow("region");
            rig.Run(0.005, 37.123456);
            regions += (await region.StopAsync()).Total!.Value;
            lapped += (await laps.LapAsync()).Total!.Value;
        }

        EnergyReading reading = await whole.StopAsync();
        Assert.Equal(TimeSpan.FromSeconds(12), reading.Duration);
        Assert.Equal(rig.Source[0].Value, reading.Total!.Value.Microjoules);
        Assert.Equal(reading.Total, regions);
        Assert.Equal(reading.Total, lapped);
        Assert.Equal(1, reading.Coverage);
        Books.AssertBalanced(rig.Meter.GetTotals());
    }

    [Fact]
    public void M1_TheSameAsScopes_BillsSumToTheCounter()
    {
        using MeterRig rig = new(_machine);
        for (int i = 0; i < 2400; i++)
        {
            InferenceScope scope = rig.Meter.Begin("m");
            rig.Run(0.005, 37.123456);
            scope.Complete();
            if (i % 20 == 0) rig.Meter.Engine.Tick();
        }

        Assert.Equal(rig.Source[0].Value, rig.Settle().Settled.Microjoules);
        Assert.Equal(rig.Source[0].Value, rig.Finish().Sum(final => final.MarginalMicrojoules));
    }

    [Fact]
    public async Task C19_LapsWithProcessingBetween_LoseNothing()
    {
        using MeterRig rig = new(_machine);
        EnergyWindow window = rig.Meter.StartWindow("laps");
        Energy sum = Energy.Zero;
        for (int i = 0; i < 10; i++)
        {
            rig.Run(1, 100);
            sum += (await window.LapAsync()).Total!.Value;
            rig.Run(0.05, 100);
        }

        sum += (await window.StopAsync()).Total!.Value;
        Assert.Equal(Energy.FromJoules(1050), sum);
    }

    [Fact]
    public async Task M6_ConcurrentWindows_EachTellsWhatTheDeviceSpent_TheBooksHoldItOnce()
    {
        using MeterRig rig = new(_machine);
        EnergyWindow[] windows = [.. Enumerable.Range(0, 4).Select(i => rig.Meter.StartWindow($"w{i}"))];
        InferenceScope[] scopes = [.. windows.Select(window => rig.Meter.Begin(window.Name))];
        rig.Run(1, 90);
        foreach (InferenceScope scope in scopes) scope.Complete();
        foreach (EnergyWindow window in windows) Assert.Equal(Energy.FromJoules(90), (await window.StopAsync()).Total);
        Assert.Equal(Energy.FromJoules(90), rig.Settle().Settled);
    }

    [Fact]
    public async Task M5_WrapsInsideWindows_NoneIsWrong()
    {
        using MeterRig rig = new(FakePowerSource.Cpu(range: 600_000_000, idle: Power.Zero));
        for (int i = 0; i < 593; i++)
        {
            EnergyWindow window = rig.Meter.StartWindow("w");
            rig.Run(0.1, 1500);
            Assert.Equal(Energy.FromJoules(150), (await window.StopAsync()).Total);
        }
    }

    [Fact]
    public async Task StopAsync_SplitsIdleOtherAndOwn()
    {
        using MeterRig rig = new(FakePowerSource.Cpu(idle: Power.FromWatts(10)));
        EnergyWindow window = rig.Meter.StartWindow("training");
        for (int i = 0; i < 20; i++)
        {
            rig.Run(0.1, 50, ownProcessors: 3, foreignProcessors: 1);
            rig.Meter.Engine.Tick();
        }

        EnergyReading reading = await window.StopAsync();
        Assert.Equal(Energy.FromJoules(100), reading.Total);
        Assert.Equal(20e6, reading.Idle!.Value.Microjoules, 1.0);
        Assert.Equal(60e6, reading.Own!.Value.Microjoules, 100.0);
        Assert.Equal(reading.Total, reading.Idle + reading.Own + reading.Other);
        Assert.Equal(reading.Total, reading.Of(EnergyDomain.CpuPackage));
        Assert.Null(reading.Of(EnergyDomain.Gpu));
        Assert.Equal(MeasurementTier.Measured, reading.Tier);
        Assert.Same(reading, await window.StopAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => window.LapAsync().AsTask());
    }

    [Fact]
    public async Task StopAsync_CounterNeverReadInTheWindow_IsNullNotZero()
    {
        using MeterRig rig = new(_machine);
        rig.Source[0].Fault = SampleFault.Gone;
        EnergyWindow window = rig.Meter.StartWindow("w");
        rig.Run(1, 50);
        EnergyReading reading = await window.StopAsync();
        Assert.Null(reading.Total);
        Assert.Equal(0, reading.Coverage);
        Assert.Equal(MeasurementTier.Unavailable, reading.Tier);
    }

    [Fact]
    public async Task WaitUntilReadyAsync_LongSamplingInterval_TwoSecondsAllTheSame()
    {
        using MeterRig rig = new(new GreenAIMeteringOptions { SamplingInterval = TimeSpan.FromSeconds(10) }, FakePowerSource.Cpu());
        Task<bool> waiting = rig.Meter.WaitUntilReadyAsync(TestContext.Current.CancellationToken);
        for (int i = 0; i < 21; i++) rig.Time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.False(await waiting.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void G1_WindowBelowTheCountersPeriod_WithASampler_WaitsForTheCounterToMove()
    {
        using MeterRig rig = new(FakePowerSource.Cpu("fake:gpu", updateMs: 100, idle: Power.Zero, shared: false));
        rig.Meter.Start();
        // The counter moves at 100 ms, 200 ms, … while the sampler polls every 25 ms.
        Run(1000);
        EnergyWindow window = rig.Meter.StartWindow("short");
        Run(30);
        ValueTask<EnergyReading> stopping = window.StopAsync();
        Assert.False(stopping.IsCompleted, "Nothing is invented before the counter moves.");
        Run(200);
        Assert.True(SpinWait.SpinUntil(() => stopping.IsCompleted, 5000), "The counter moved past the window's end.");
        EnergyReading reading = stopping.Result;
        Assert.Equal(30 * 0.2, reading.Total!.Value.Joules, 2.0);

        void Run(int milliseconds)
        {
            for (int ms = 0; ms < milliseconds; ms += 5)
            {
                rig.Time.Advance(TimeSpan.FromMilliseconds(5));
                if (rig.Time.GetUtcNow().Millisecond % 100 == 0) rig.Source[0].Add(20_000_000);
            }
        }
    }

    [Fact]
    public void SettleAsync_SlowCounterThatStands_ClosesLate_CreditsTheModelWhenItMoves()
    {
        using MeterRig rig = new(FakePowerSource.Cpu("fake:gpu", updateMs: 1000, idle: Power.Zero, shared: false));
        rig.Meter.Start();
        Advance(2000, 10);
        InferenceScope scope = rig.Meter.Begin("m");
        Advance(500, 10);
        rig.Source[0].Fault = SampleFault.NoData;
        scope.Complete();
        ValueTask<EnergyTotals> settling = rig.Meter.SettleAsync(TestContext.Current.CancellationToken);
        Assert.False(settling.IsCompleted);
        Advance(2500, 10);
        Assert.True(SpinWait.SpinUntil(() => settling.IsCompleted, 5000));
        Books.AssertBalanced(settling.Result);
        Assert.Equal(1, settling.Result.Model("m")!.Inferences);
        Assert.Equal(Energy.Zero, settling.Result.Late);

        rig.Source[0].Fault = SampleFault.None;
        Advance(2000, 10);
        EnergyTotals totals = rig.Meter.GetTotals();
        Books.AssertBalanced(totals);
        Assert.True(totals.Late > Energy.Zero);
        Assert.Equal(totals.Late + totals.Settled, totals.Model("m")!.Energy);
        InferenceFootprint final = Assert.Single(rig.Finish());
        Assert.True(final.Coverage < 1);

        void Advance(int milliseconds, double watts)
        {
            for (int ms = 0; ms < milliseconds; ms += 10)
            {
                rig.Source.Burn(watts, TimeSpan.FromMilliseconds(10));
                rig.Time.Advance(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    [Fact]
    public void Between_HalvesOfAnInterval_NoPartIsNegative()
    {
        var from = new BooksMark(0, 0, 0, 0, 0);
        var to = new BooksMark(10, 5, 3, 2, 10);
        BooksMark half = BooksMark.Between(from, to, 5);
        Assert.True(half.Total - half.Idle - half.Other >= 0);
    }

    [Fact]
    public async Task SettleAsync_LongSamplingIntervalAndABrokenDevice_AnswersWithinItsPromise()
    {
        using MeterRig rig = new(new GreenAIMeteringOptions { SamplingInterval = TimeSpan.FromSeconds(10) }, _machine);
        rig.Meter.Start();
        rig.Run(10, 5);
        rig.Source[0].Fault = SampleFault.Gone;
        rig.Meter.Begin("m").Complete();
        Task<EnergyTotals> settling = rig.Meter.SettleAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(settling.IsCompleted);
        rig.Run(2.1, 5);
        EnergyTotals totals = await settling.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(1, totals.Model("m")!.Inferences);
        Books.AssertBalanced(totals);
    }

    [Fact]
    public async Task StartWindow_RightAfterAnotherEnded_SharesItsBoundaryAndReading()
    {
        using MeterRig rig = new(_machine);
        await rig.Meter.StartWindow("first").StopAsync();
        int reads = rig.Source.Reads;
        EnergyWindow second = rig.Meter.StartWindow("second");
        Assert.Equal(reads, rig.Source.Reads);
        rig.Run(0.002, 100);
        Assert.Equal(Energy.FromJoules(0.2), (await second.StopAsync()).Total);
        rig.Run(0.002, 100);
        rig.Meter.StartWindow("later");
        Assert.Equal(reads + 2, rig.Source.Reads);
    }
}
