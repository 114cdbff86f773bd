namespace GreenAI.Metering;

/// <summary>Why a file is begun, and what was found then: for its first record.</summary>
internal readonly struct AuditOpening
{
    /// <summary>The name of the file before; null for none.</summary>
    public string? PreviousFile { get; init; }

    /// <summary>Whether the file before is full; else the log was opened.</summary>
    public bool IsRotation { get; init; }

    /// <summary>What was changed by others, as a sentence; null when nothing was found.</summary>
    public string? Break { get; init; }

    /// <summary>Where the torn end of the last file was moved to; null when it had none.</summary>
    public string? TornFile { get; init; }

    /// <summary>The SHA-256 of the torn end.</summary>
    public string? TornHash { get; init; }

    /// <summary>Its length.</summary>
    public long TornBytes { get; init; }
}
