using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace GreenAI.Metering;

/// <summary>What a budget answered, as a lease of a rate limiter. Disposing it gives back what was reserved, unless an inference has begun with it.</summary>
/// <remarks>
/// Immutable and thread-safe. Its metadata: <see cref="MetadataName.RetryAfter"/> where the budget knows when to try again, <see cref="MetadataName.ReasonPhrase"/> with the budget's figures (for
/// logs rather than for callers) where it has something to say, and <see cref="AdmissionMetadata"/> always.
/// </remarks>
public sealed class InferenceLease : RateLimitLease
{
    internal InferenceLease(in Admission admission) => Admission = admission;

    /// <summary>The name under which leases, chained ones too, have the answer itself.</summary>
    public static MetadataName<Admission> AdmissionMetadata { get; } = MetadataName.Create<Admission>("GREENAI_ADMISSION");

    /// <summary>The answer: begin the inference with it (<see cref="EnergyMeter.Begin(ModelHandle, in Metering.Admission)"/>), so that what was reserved is settled with what it cost.</summary>
    public Admission Admission { get; }

    /// <inheritdoc/>
    public override bool IsAcquired => Admission.MayRun;

    /// <inheritdoc/>
    public override IEnumerable<string> MetadataNames
    {
        get
        {
            if (Admission.RetryAfter is not null) yield return MetadataName.RetryAfter.Name;
            if (Admission.Reason.Length > 0) yield return MetadataName.ReasonPhrase.Name;
            yield return AdmissionMetadata.Name;
        }
    }

    /// <inheritdoc/>
    public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
    {
        metadata = metadataName == MetadataName.RetryAfter.Name ? Admission.RetryAfter
            : metadataName == MetadataName.ReasonPhrase.Name ? Admission.Reason.Length > 0 ? Admission.Reason : null
            : metadataName == AdmissionMetadata.Name ? Admission
            : null;
        return metadata is not null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Admission.Dispose();
    }
}
