namespace GreenAI.Metering;

/// <summary>Joins the band of the counters with that of the split between models.</summary>
internal static class ShareUncertainty
{
    /// <param name="below">The counters' band below, as a fraction.</param>
    /// <param name="above">The counters' band above, as a fraction.</param>
    /// <param name="doubt">How far the split between models may be off, as a fraction.</param>
    public static RelativeUncertainty Join(double below, double above, double doubt)
    {
        RelativeUncertainty joined = new RelativeUncertainty(below, above).Join(doubt);
        return new RelativeUncertainty(Math.Min(1, joined.Below), joined.Above);
    }
}
