namespace GreenAI.Metering;

/// <summary>Takes what final bills come to, for whoever charges them to somebody. Called by the closer only.</summary>
internal interface IBillCharges
{
    /// <summary>Takes the bill of a scope whose slot is about to be freed.</summary>
    void Add(int slot, in ScopeSlot scope, in InferenceFootprint bill);

    /// <summary>After the bills of a close, and after its grams were booked.</summary>
    /// <param name="now">The time of the close.</param>
    /// <param name="utc">The same by the calendar.</param>
    /// <param name="models">How many models are in use.</param>
    void EndClose(long now, DateTimeOffset utc, int models);
}
