namespace GreenAI.Metering;

/// <summary>What is found in the waivers.</summary>
/// <param name="Use">Whether the rule is lifted.</param>
/// <param name="Waiver">The waiver that lifts it, or the one that came nearest; null for none.</param>
internal readonly record struct WaiverAnswer(WaiverUse Use, Waiver? Waiver)
{
    /// <summary>Whether the rule is lifted.</summary>
    public bool Applies => Use == WaiverUse.Applies;
}
