using System.Buffers;
using System.Runtime.ExceptionServices;

namespace GreenAI.Metering;

// How a log is verified and read.
public sealed partial class AuditLog
{
    private const int PieceSize = 1 << 16;

    /// <summary>Verifies the log of a folder against its anchor, and against a head that was kept elsewhere.</summary>
    /// <remarks>A folder without any record is not intact: its problem says whether there was a log. Any content is read safely. Of a log that is being written the last line may be found torn: flush it before, or verify a copy.</remarks>
    /// <param name="folder">The folder.</param>
    /// <param name="expected">A record that the chain must contain, as <see cref="Head"/> was at some time; null: the anchor alone.</param>
    /// <param name="cancellationToken">Ends the verifying.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static Task<AuditVerification> VerifyAsync(string folder, AuditHead? expected = null, CancellationToken cancellationToken = default) =>
        ReadAsync(folder, expected, null, cancellationToken);

    /// <summary>Writes the records of a time as JSON lines, byte for byte as they are in the log, and verifies the whole log on the way.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="stream">What is written; not closed.</param>
    /// <param name="from">The first time; null: from the first record on.</param>
    /// <param name="to">The time before which it ends; null: to the last record.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>What came of verifying: lines that are no records are among its problems, and not written.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static async Task<AuditVerification> ExportAsync(
        string folder, Stream stream, DateTimeOffset? from = null, DateTimeOffset? to = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArrayBufferWriter<byte> lines = new(PieceSize);
        ExceptionDispatchInfo? failed = null;
        AuditVerification verification = await ReadAsync(folder, null, Take, cancellationToken).ConfigureAwait(false);
        failed?.Throw();
        await stream.WriteAsync(lines.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        return verification;

        void Take(in AuditLine record, ReadOnlySpan<byte> line)
        {
            if (record.Time < from || record.Time >= to || failed is not null) return;
            lines.Write(line);
            lines.Write("\n"u8);
            if (lines.WrittenCount < PieceSize) return;
            try
            {
                // Streams of web servers refuse to be written synchronously; on this thread of the pool nothing waits for the waiting one.
                stream.WriteAsync(lines.WrittenMemory, cancellationToken).AsTask().GetAwaiter().GetResult();
                lines.ResetWrittenCount();
            }
            catch (Exception exception)
            {
                // Of the stream, not of the log: it is not to be taken for a file that cannot be read.
                failed = ExceptionDispatchInfo.Capture(exception);
            }
        }
    }

    // On a thread of the pool: files are read in one go, and hashed.
    private static Task<AuditVerification> ReadAsync(string folder, AuditHead? expected, AuditVerifier.Taker? taker, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return Task.Run(() => AuditVerifier.Verify(folder, expected, taker, cancellationToken), cancellationToken);
    }
}
