namespace GreenAI.Metering;

/// <summary>How far rows usually lie from what was foreseen of them: the yardstick of an outlier.</summary>
/// <remarks>
/// Of rows as they came, not of the rows the solution was fitted to: those lie closer, the more models there are. Outliers are cut
/// off before they are added, so that a model's change does not pass for noise before it is noticed.
/// </remarks>
internal struct Surprise
{
    private const double OutlierSigmas = 3;
    private const int FewestRows = 30;

    private double _variance;
    private int _rows;

    /// <summary>What lies farther is an outlier; none is while there were too few rows to tell.</summary>
    /// <param name="least">The smallest standard deviation that is believed.</param>
    public readonly double Limit(double least) =>
        _rows < FewestRows ? double.MaxValue : OutlierSigmas * Math.Max(Math.Sqrt(_variance), least);

    /// <param name="distance">How far the row lies, cut off at the limit.</param>
    /// <param name="weight">Weight of the row in the average; the first rows weigh alike.</param>
    public void Add(double distance, double weight)
    {
        double share = Math.Max(weight, 1.0 / (_rows + 1));
        _variance += share * ((distance * distance) - _variance);
        if (_rows < int.MaxValue) _rows++;
    }
}
