using Microsoft.Extensions.Configuration;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>
/// Values that only the one who runs a machine can know. The library assumes none of them; the sample states some, so that there
/// are grams to look at, and says that it did.
/// </summary>
internal static class ExampleCarbon
{
    private const string Section = "GreenAI:Carbon";

    /// <summary>States the example's values where the configuration says nothing of carbon; what it did, in words for the reader.</summary>
    public static string Apply(GreenAIMeteringOptions metering, IConfiguration configuration)
    {
        // All or nothing: an example's value beside yours would be one that nobody stated.
        if (configuration.GetSection(Section).Exists())
            return $"Carbon: as your configuration says ({Section}). The sample adds nothing to it.";
        metering.Carbon.Zone = "DE";
        metering.Carbon.Pue = 1.0;
        metering.Carbon.Embodied["server"] = new EmbodiedOptions { Hardware = "generic-server" };
        return """
            Carbon: your configuration states nothing, so this sample states EXAMPLE VALUES OF ITS OWN:
              grid DE (Ember's yearly mean); PUE 1.0, for a machine outside a data centre;
              a generic server of 1,000 kg over 4 years (EmbodiedCatalogue, generic-server).
              All grams below are of that example. State yours:
              GreenAI__Carbon__Zone=FR  GreenAI__Carbon__Pue=1.2
              GreenAI__Carbon__Embodied__server__KilogramsCO2e=1300
              GreenAI__Carbon__Embodied__server__LifespanYears=5
            """;
    }

    /// <summary>What the models do, which is true on any machine: they classify.</summary>
    public static void StateWorkload(GreenAIMeteringOptions metering, IEnumerable<TrainingPlan> plans)
    {
        foreach (TrainingPlan plan in plans)
        {
            if (metering.Models.ContainsKey(plan.Name)) continue;
            metering.Models[plan.Name] = new ModelOptions { Workload = WorkloadKind.Predictive };
        }
    }
}
