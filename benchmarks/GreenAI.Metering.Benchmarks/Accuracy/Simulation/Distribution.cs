namespace GreenAI.Metering.Benchmarks;

/// <summary>How a duration spreads about its mean.</summary>
internal enum Distribution
{
    Fixed,
    Exponential,
    LogNormal,
}
