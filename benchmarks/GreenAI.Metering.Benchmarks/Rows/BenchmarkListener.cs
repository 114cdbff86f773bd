using System.Diagnostics.Metrics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>A listener that takes all instruments of the meters.</summary>
internal static class BenchmarkListener
{
    public static MeterListener Start(Action recorded)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == InstrumentNames.Meter) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => recorded());
        listener.Start();
        return listener;
    }
}
