namespace GreenAI.Metering.Fuzz;

/// <summary>How many inferences ended how.</summary>
internal readonly record struct WebOutcomes(long Succeeded, long Failed, long Abandoned)
{
    public static WebOutcomes Of(EnergyTotals totals) =>
        new(totals.Models.Sum(static model => model.Succeeded), totals.Models.Sum(static model => model.Failed), totals.Models.Sum(static model => model.Abandoned));

    public WebOutcomes Plus(InferenceOutcome outcome) => outcome switch
    {
        InferenceOutcome.Succeeded => this with { Succeeded = Succeeded + 1 },
        InferenceOutcome.Failed => this with { Failed = Failed + 1 },
        _ => this with { Abandoned = Abandoned + 1 },
    };
}
