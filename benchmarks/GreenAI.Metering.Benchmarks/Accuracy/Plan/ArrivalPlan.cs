namespace GreenAI.Metering.Benchmarks;

/// <summary>Where requests come from.</summary>
/// <param name="Models">Each arrival begins one inference of each of them, all of the same duration.</param>
/// <param name="Rate">Open arrivals (Poisson): how many a second, mean over time; 0 for none.</param>
/// <param name="SinePeriodSeconds">Period of a sinusoid about the rate; 0 for none.</param>
/// <param name="SineAmplitude">Its amplitude, as part of the rate.</param>
/// <param name="BurstOnSeconds">Mean length of bursts, outside of which nothing arrives; 0 for arrivals at any time.</param>
/// <param name="BurstOffSeconds">Mean time between bursts.</param>
/// <param name="Workers">Closed arrivals: so many workers send the next request a think time after the last one ended.</param>
/// <param name="ThinkSeconds">Their mean think time.</param>
/// <param name="ThinkDistribution">How it spreads.</param>
/// <param name="AtSeconds">Arrivals at these seconds after the lead-in.</param>
internal sealed record ArrivalPlan(
    IReadOnlyList<int> Models, double Rate, double SinePeriodSeconds, double SineAmplitude, double BurstOnSeconds, double BurstOffSeconds,
    int Workers, double ThinkSeconds, Distribution ThinkDistribution, IReadOnlyList<double> AtSeconds);
