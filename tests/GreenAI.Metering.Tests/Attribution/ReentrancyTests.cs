using System.Diagnostics.Metrics;

namespace GreenAI.Metering.Tests;

/// <summary>A metrics listener runs within a close; it may call the meter all the same.</summary>
public sealed class ReentrancyTests
{
    [Theory]
    [InlineData("settle")]
    [InlineData("window")]
    [InlineData("totals")]
    [InlineData("dispose")]
    public void Listener_CallsTheMeterFromWithinAClose_EachInferenceIsBilledOnce(string call)
    {
        using MeterRig rig = new(FakePowerSource.Cpu(idle: Power.Zero), FakePowerSource.Cpu("fake:second", idle: Power.Zero, shared: false));
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == InstrumentNames.InferenceEnergy && rig.Meters.Made.Contains(instrument.Meter)) self.EnableMeasurementEvents(instrument);
        };
        int calls = 0;
        listener.SetMeasurementEventCallback<double>((_, _, _, _) =>
        {
            calls++;
            rig.Run(0.001, 10);
            Call(rig.Meter, call);
        });
        listener.Start();
        InferenceScope[] scopes = [.. Enumerable.Range(0, 10).Select(i => rig.Meter.Begin($"m{i % 3}"))];
        rig.Run(1, 10);
        rig.Meter.Engine.Tick();
        foreach (InferenceScope scope in scopes) scope.Complete();
        for (int i = 0; i < 5; i++)
        {
            InferenceScope brief = rig.Meter.Begin("brief");
            rig.Run(0.1, 10);
            brief.Complete();
        }

        rig.Run(1, 10);
        rig.Meter.Engine.Tick();
        EnergyTotals totals = rig.Settle();
        Assert.Equal((15, 15L), (calls, totals.Models.Sum(model => model.Inferences)));
        Assert.Equal(call == "dispose", rig.Source.IsDisposed);
    }

    private static void Call(EnergyMeter meter, string call)
    {
        switch (call)
        {
            case "settle":
                _ = meter.SettleAsync(TestContext.Current.CancellationToken);
                break;
            case "window":
                _ = meter.StartWindow("w");
                break;
            case "dispose":
                meter.Dispose();
                break;
            default:
                Books.AssertBalanced(meter.GetTotals());
                break;
        }
    }
}
