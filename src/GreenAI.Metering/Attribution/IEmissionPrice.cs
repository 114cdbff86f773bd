namespace GreenAI.Metering;

/// <summary>Tells what a microjoule emits. Asked by the closer only.</summary>
internal interface IEmissionPrice
{
    /// <summary>Micrograms of CO2e of a microjoule spent between two timestamps; NaN when not known.</summary>
    /// <param name="from">The first.</param>
    /// <param name="until">The second.</param>
    double PriceOver(long from, long until);
}
