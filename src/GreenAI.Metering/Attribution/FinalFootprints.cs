using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Hands final footprints to the histograms and to the observers' queue.</summary>
internal sealed class FinalFootprints(FootprintDispatcher dispatcher, ILogger logger) : IFinalFootprints
{
    private bool _logged;

    public MeteringMetrics? Metrics { get; set; }

    public bool Wanted => dispatcher.HasObservers || Metrics is { HistogramsEnabled: true };

    public void Add(in InferenceFootprint footprint)
    {
        dispatcher.Enqueue(footprint);
        try
        {
            Metrics?.Record(footprint);
        }
        catch (Exception exception)
        {
            // A metrics listener is foreign code on the closer's thread: it must not end the close.
            if (_logged) return;
            _logged = true;
            Log.ListenerThrew(logger, exception);
        }
    }
}
