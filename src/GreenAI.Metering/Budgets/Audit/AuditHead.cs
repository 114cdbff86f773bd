namespace GreenAI.Metering;

/// <summary>The last record of an audit log: its number and its hash, which stands for all records before it.</summary>
/// <remarks>Immutable. Copy it to where who can write the log's folder cannot: with it any change of the log is found, even of all its files at once.</remarks>
public readonly record struct AuditHead
{
    private readonly string? _hash;

    /// <summary>Makes a head, to verify a log against.</summary>
    /// <param name="sequence">The number of the record; 0 before the first one.</param>
    /// <param name="hash">Its hash: 64 lower-case hexadecimal digits.</param>
    public AuditHead(long sequence, string hash)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentNullException.ThrowIfNull(hash);
        Sequence = sequence;
        _hash = hash;
    }

    /// <summary>The number of the record; 0 before the first one.</summary>
    public long Sequence { get; }

    /// <summary>Its SHA-256 hash as 64 lower-case hexadecimal digits; zeros before the first one.</summary>
    public string Hash => _hash ?? AuditFormat.Genesis;
}
