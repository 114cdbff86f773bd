namespace GreenAI.Metering;

/// <summary>What <c>ExposeCarbon</c> puts into an endpoint.</summary>
internal sealed class CarbonExposureMetadata(CarbonExposure exposure) : ICarbonExposureMetadata
{
    public CarbonExposure Exposure => exposure;
}
