using GreenAI.Metering;

namespace Readme.Snippets;

internal static class HandSnippets
{
    public static async Task<InferenceFootprint> ByHandAsync()
    {
        #region ByHand
        await using EnergyMeter meter = new();
        meter.Start();
        Console.WriteLine(meter.Detection); // what was found, what was not, why, what to do
        ModelHandle model = meter.Model("ranker");

        InferenceScope scope = meter.Begin(model);
        Rank();
        scope.Suspend(); // waiting for a database is not charged as compute
        await LoadAsync();
        scope.Resume();
        Rank();
        InferenceFootprint footprint = scope.Complete(units: 32); // work units: rows, tokens, images

        Console.WriteLine(footprint.Marginal is { } energy
            ? $"{energy} {footprint.Uncertainty}, {footprint.Stage}, {footprint.Tier}"
            : $"not known: {footprint.Reason}");
        #endregion
        return footprint;
    }

    public static async Task<EnergyReading> RegionAsync(EnergyMeter meter)
    {
        #region Region
        EnergyWindow window = meter.StartWindow("training");
        Train();
        EnergyReading reading = await window.StopAsync();
        Console.WriteLine($"{reading.Total}: idle {reading.Idle}, others {reading.Other}, ours {reading.Own}");
        Console.WriteLine($"{reading.Tier}, {reading.Coverage:P0} covered; packages {reading.Of(EnergyDomain.CpuPackage)}");
        #endregion
        return reading;
    }

    public static async Task<EnergyTotals> BooksAsync(EnergyMeter meter, CancellationToken cancellationToken)
    {
        #region Books
        EnergyTotals totals = await meter.SettleAsync(cancellationToken);
        foreach (ModelTotals model in totals.Models)
            Console.WriteLine($"{model.Name}: {model.Inferences} x {model.EnergyPerInference} {model.Uncertainty}, {model.Tier}");
        Console.WriteLine($"{totals.Total} = {totals.Settled} + {totals.Open} + {totals.Late} + {totals.Idle} + {totals.Unattributed} + {totals.Other}");
        Console.WriteLine($"lost or invented: {totals.Unaccounted}");
        #endregion
        return totals;
    }

    public static TraceReplayResult Replay(string path)
    {
        #region Replay
        using FileStream trace = File.OpenRead(path);
        TraceReplayResult replay = TraceReplay.Run(trace);
        Console.WriteLine($"{replay.Footprints} bills, {replay.Totals.Total}; as recorded: {replay.MatchesRecording}");
        #endregion
        return replay;
    }

    private static void Rank() => Thread.SpinWait(1000);

    private static void Train() => Thread.SpinWait(1000);

    private static Task LoadAsync() => Task.CompletedTask;
}
