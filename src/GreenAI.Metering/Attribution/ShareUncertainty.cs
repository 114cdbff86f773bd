namespace GreenAI.Metering;

/// <summary>Joins the band of the counters with that of the split between models.</summary>
internal static class ShareUncertainty
{
    /// <param name="below">The counters' band below, as a fraction.</param>
    /// <param name="above">The counters' band above, as a fraction.</param>
    /// <param name="mixed">
    /// The fraction of the energy that was split between models by active time. Nothing tells unlike models apart within it,
    /// so all of it is in doubt.
    /// </param>
    public static RelativeUncertainty Join(double below, double above, double mixed)
    {
        double split = Math.Clamp(mixed, 0, 1);
        RelativeUncertainty joined = new RelativeUncertainty(below, above).Join(split);
        return new RelativeUncertainty(Math.Min(1, joined.Below), joined.Above);
    }
}
