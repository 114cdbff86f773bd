namespace GreenAI.Metering;

/// <summary>Tells what a microjoule emits. Asked by the closer only.</summary>
internal interface IEmissionPrice
{
    /// <summary>Micrograms of CO2e of a microjoule spent within the time that ends now; NaN when not known.</summary>
    /// <param name="ticks">The length of that time.</param>
    double PriceOver(long ticks);
}
