using System.Globalization;
using System.Text;

namespace GreenAI.Metering;

/// <summary>What was found on this host, what was not, why, and what to do about it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class DetectionReport
{
    internal DetectionReport(IReadOnlyList<SourceFinding> findings) => Findings = findings;

    /// <summary>One or more findings per kind of hardware, in order of preference.</summary>
    public IReadOnlyList<SourceFinding> Findings { get; }

    /// <summary>The metered devices.</summary>
    public IEnumerable<PowerDevice> Devices => Findings.SelectMany(finding => finding.Devices);

    /// <summary>The findings as lines of text, each followed by its devices and what a reader of their figures must know.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (SourceFinding finding in Findings)
        {
            if (text.Length > 0) text.Append('\n');
            text.Append(finding);
            foreach (PowerDevice device in finding.Devices)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n  {device}, {device.Tier}, {device.Uncertainty}");
                if (device.Remark is { } remark) text.Append(CultureInfo.InvariantCulture, $": {remark}");
            }
        }

        return text.ToString();
    }
}
