namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>The books of a server under test.</summary>
internal static class RigBooks
{
    /// <summary>
    /// Settles once so many inferences have ended: a client may have its answer before the server is done with the request. Fails after 20 s; the books balance.
    /// </summary>
    public static async Task<EnergyTotals> SettledAsync(this WebRig rig, long inferences)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        EnergyTotals totals = await rig.Meter.SettleAsync(limit.Token);
        while (totals.Models.Sum(model => model.Inferences) < inferences && !limit.IsCancellationRequested)
        {
            await Task.Yield();
            totals = await rig.Meter.SettleAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(inferences, totals.Models.Sum(model => model.Inferences));
        Assert.Equal(0, totals.Unaccounted.Microjoules);
        Assert.Equal(0, totals.Open.Microjoules);
        return totals;
    }

    public static (long Succeeded, long Failed, long Abandoned) Outcomes(this EnergyTotals totals, string model) =>
        totals.Models.SingleOrDefault(row => row.Name == model) is { } found ? (found.Succeeded, found.Failed, found.Abandoned) : (0, 0, 0);
}
