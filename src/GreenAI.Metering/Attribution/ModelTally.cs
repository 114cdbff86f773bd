namespace GreenAI.Metering;

/// <summary>What a model's final inferences add up to. Written by the closer only.</summary>
internal struct ModelTally
{
    public long Succeeded;
    public long Failed;
    public long Abandoned;
    public long Units;
    public long ActiveTicks;

    public readonly long Inferences => Succeeded + Failed + Abandoned;

    public void Add(in ScopeSlot slot)
    {
        switch (slot.Outcome)
        {
            case InferenceOutcome.Succeeded: Succeeded++; break;
            case InferenceOutcome.Failed: Failed++; break;
            default: Abandoned++; break;
        }

        // The application counts these: a total that turned over would be worse than one that stops.
        Units = slot.Units > long.MaxValue - Units ? long.MaxValue : Units + slot.Units;
        ActiveTicks += slot.ActiveTicks;
    }
}
