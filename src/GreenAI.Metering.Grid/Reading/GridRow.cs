namespace GreenAI.Metering;

/// <summary>One figure of a source and the time it is for.</summary>
/// <param name="From">The first moment.</param>
/// <param name="To">The first moment after it; the same as <paramref name="From"/> where the source does not say.</param>
/// <param name="GramsPerKilowattHour">The figure.</param>
/// <param name="IsForecast">Foreseen.</param>
/// <param name="IsEstimated">Modelled by the source.</param>
internal readonly record struct GridRow(
    DateTimeOffset From, DateTimeOffset To, double GramsPerKilowattHour, bool IsForecast = false, bool IsEstimated = false);
