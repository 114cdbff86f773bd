namespace GreenAI.Metering;

/// <summary>Where an audit log is kept, and how.</summary>
public sealed class AuditLogOptions
{
    private const long LeastFileBytes = 4 * AuditFormat.MaxLineBytes;

    /// <summary>The folder. It is made where it does not exist, for this user only; one log has it for itself.</summary>
    /// <value>Empty: it must be given.</value>
    public string Folder { get; set; } = "";

    /// <summary>The size from which on a new file is begun, in bytes.</summary>
    /// <value>64 MiB. From 256 KiB to 4 GiB.</value>
    public long MaxFileBytes { get; set; } = 64L << 20;

    /// <summary>How many events may wait to be written. Those that find the queue full are lost, and the next record says how many.</summary>
    /// <value>4,096. From 1 to 1,048,576.</value>
    public int QueueCapacity { get; set; } = 4096;

    /// <summary>How long what is written may wait for the anchor, and for the disk; how long until a failed writing is tried again.</summary>
    /// <value>1 s. From 10 ms to 1 min.</value>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether the disk is made to keep what was written, each <see cref="FlushInterval"/>, when a file is full and at the end. Without it a crash of the
    /// process loses nothing that was written either; a crash of the machine may.
    /// </summary>
    /// <value>True.</value>
    public bool FlushesToDisk { get; set; } = true;

    internal AuditLogOptions Checked()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Folder);
        if (MaxFileBytes is < LeastFileBytes or > 4L << 30) throw Wrong(nameof(MaxFileBytes), MaxFileBytes, "from 262144 to 4294967296");
        if (QueueCapacity is < 1 or > 1 << 20) throw Wrong(nameof(QueueCapacity), QueueCapacity, "from 1 to 1048576");
        if (FlushInterval < TimeSpan.FromMilliseconds(10) || FlushInterval > TimeSpan.FromMinutes(1))
            throw Wrong(nameof(FlushInterval), FlushInterval, "from 00:00:00.010 to 00:01:00");
        return (AuditLogOptions)MemberwiseClone();
    }

    private static ArgumentException Wrong(string name, IFormattable value, string allowed) =>
        new($"{name} of the audit log is {value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)}; it must be {allowed}.");
}
