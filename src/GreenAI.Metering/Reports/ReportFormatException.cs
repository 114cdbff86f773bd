namespace GreenAI.Metering;

/// <summary>A report is damaged, cut short, of a newer version, contradicts itself, or is not a report at all.</summary>
public sealed class ReportFormatException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="path">Where, as a JSON path from the root.</param>
    /// <param name="reason">What is wrong there, as a sentence.</param>
    /// <param name="inner">What found it.</param>
    internal ReportFormatException(string path, string reason, Exception? inner = null)
        : base($"The report is refused at {path}: {reason}", inner)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>Where, as a JSON path from the root: <c>$.kpis[3].value</c>; <c>$</c> is the report as a whole.</summary>
    public string Path { get; }

    /// <summary>What is wrong there, as a sentence.</summary>
    public string Reason { get; }
}
