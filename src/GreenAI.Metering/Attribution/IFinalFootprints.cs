namespace GreenAI.Metering;

/// <summary>Takes final footprints from the closer, on the closer's thread.</summary>
internal interface IFinalFootprints
{
    /// <summary>Whether anybody listens: footprints are not even built when nobody does.</summary>
    bool Wanted { get; }

    void Add(in InferenceFootprint footprint);
}
