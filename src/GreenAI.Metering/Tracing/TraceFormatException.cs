using System.Globalization;

namespace GreenAI.Metering;

/// <summary>A trace is damaged, cut short, of another version, or not a trace at all.</summary>
public sealed class TraceFormatException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="offset">Where, in bytes from the beginning of the trace.</param>
    /// <param name="reason">What is wrong there, as a sentence.</param>
    internal TraceFormatException(long offset, string reason)
        : this(offset, reason, null)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="offset">Where, in bytes from the beginning of the trace.</param>
    /// <param name="reason">What is wrong there, as a sentence.</param>
    /// <param name="inner">What found it.</param>
    internal TraceFormatException(long offset, string reason, Exception? inner)
        : base(string.Create(CultureInfo.InvariantCulture, $"The trace is refused at byte {offset}: {reason}"), inner)
    {
        Offset = offset;
        Reason = reason;
    }

    /// <summary>Where, in bytes from the beginning of the trace: of the damaged block, or of the damaged value in a sound one.</summary>
    public long Offset { get; }

    /// <summary>What is wrong there, as a sentence.</summary>
    public string Reason { get; }
}
