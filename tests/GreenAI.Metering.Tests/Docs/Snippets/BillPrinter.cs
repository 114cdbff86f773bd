using GreenAI.Metering;

namespace Readme.Snippets;

#region FinalBills
public sealed class BillPrinter : IInferenceObserver
{
    public void OnFinal(in InferenceFootprint footprint) =>
        Console.WriteLine($"{footprint.Model}: {footprint.Marginal} above idle, {footprint.WithIdle} with idle.");
}
#endregion
