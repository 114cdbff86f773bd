namespace GreenAI.Metering;

/// <summary>Power of one hardware thread of a server: its share of the whole machine at the wall.</summary>
/// <param name="name">What people call the processors.</param>
/// <param name="idleWatts">Watts of one thread when the machine is on and idle.</param>
/// <param name="fullWatts">Watts of one thread when all are fully busy.</param>
/// <param name="band">How far a single machine lies from the mean.</param>
internal readonly struct LoadCoefficients(string name, double idleWatts, double fullWatts, RelativeUncertainty band)
{
    public string Name { get; } = name;

    public double IdleWatts { get; } = idleWatts;

    public double FullWatts { get; } = fullWatts;

    public RelativeUncertainty Band { get; } = band;
}
