namespace GreenAI.Metering;

/// <summary>What one active inference of a model was learned to draw from one device.</summary>
/// <remarks>
/// Learned from the mix (ridge least squares with forgetting, per device; the prior is the equal time share). On a device of tier
/// <see cref="MeasurementTier.Modelled"/> the figure is a proxy: processor time expressed in watts, not what hardware drew.
/// Immutable and thread-safe.
/// </remarks>
public sealed class ModelPower
{
    /// <summary>The device.</summary>
    public required PowerDevice Device { get; init; }

    /// <summary>Watts above the idle floor of one active inference.</summary>
    public required Power Power { get; init; }

    /// <summary>One standard error of <see cref="Power"/>.</summary>
    public required Power StandardError { get; init; }

    /// <summary>
    /// How much of the figure comes from observation rather than from the prior, from 0 to 1: the diagonal of the resolution
    /// matrix of the regression.
    /// </summary>
    public double Resolution { get; init; }

    /// <summary>Rows in which the model was active, since metering began or the device's idle floor was found anew.</summary>
    public long Rows { get; init; }

    /// <summary>Whether the observations tell the model apart: a resolution of at least 0.9 after at least 30 rows.</summary>
    public bool IsIdentified => Resolution >= IdentifiedResolution && Rows >= IdentifiedRows;

    /// <summary>Whether the figure is a processor-time proxy, because the device's own power is an estimate from processor time.</summary>
    public bool IsProcessorTimeProxy => Device.Tier == MeasurementTier.Modelled;

    internal const double IdentifiedResolution = 0.9;

    internal const int IdentifiedRows = 30;
}
