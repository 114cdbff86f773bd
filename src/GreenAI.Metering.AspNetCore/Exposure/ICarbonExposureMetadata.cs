namespace GreenAI.Metering;

/// <summary>Says in which ways an endpoint tells its callers what their request has cost.</summary>
/// <remarks>Found in <c>Endpoint.Metadata</c>; where there are several, the last one counts.</remarks>
public interface ICarbonExposureMetadata
{
    /// <summary>The ways.</summary>
    CarbonExposure Exposure { get; }
}
