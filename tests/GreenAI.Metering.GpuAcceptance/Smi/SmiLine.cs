using System.Globalization;

namespace GreenAI.Metering.GpuAcceptance;

/// <summary>One line of <c>nvidia-smi --query-gpu=timestamp,uuid,power.draw --format=csv,noheader,nounits</c>.</summary>
/// <param name="Local">The wall clock when the power was read; null when nvidia-smi wrote it in a way that is not known.</param>
/// <param name="Uuid">The board.</param>
/// <param name="Watts">What it drew.</param>
internal readonly record struct SmiLine(DateTime? Local, string Uuid, double Watts)
{
    /// <summary>Takes a line apart; false for <c>[N/A]</c> and whatever else is no power.</summary>
    public static bool TryParse(string line, out SmiLine parsed)
    {
        parsed = default;
        string[] parts = line.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length != 3
            || !double.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double watts)
            || watts > 100_000)
        {
            return false;
        }

        bool dated = DateTime.TryParseExact(
            parts[0], "yyyy/MM/dd HH:mm:ss.fff", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local);
        parsed = new SmiLine(dated ? local : null, parts[1], watts);
        return true;
    }
}
