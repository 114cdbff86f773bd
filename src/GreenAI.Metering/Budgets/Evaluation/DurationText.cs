using System.Globalization;
using System.Text;

namespace GreenAI.Metering;

/// <summary>Lengths of time as text, in the invariant culture.</summary>
internal static class DurationText
{
    /// <summary>By ISO 8601, one text for one length: <c>P1D</c>, <c>PT1H30M</c>, <c>PT0.5S</c>.</summary>
    public static string Iso(TimeSpan length)
    {
        var text = new StringBuilder("P");
        if (length.Days != 0) text.Append(CultureInfo.InvariantCulture, $"{length.Days}D");
        TimeSpan rest = length - TimeSpan.FromDays(length.Days);
        if (rest == TimeSpan.Zero && length.Days != 0) return text.ToString();
        text.Append('T');
        if (rest.Hours != 0) text.Append(CultureInfo.InvariantCulture, $"{rest.Hours}H");
        if (rest.Minutes != 0) text.Append(CultureInfo.InvariantCulture, $"{rest.Minutes}M");
        double seconds = rest.Ticks % TimeSpan.TicksPerMinute / (double)TimeSpan.TicksPerSecond;
        if (seconds != 0 || rest == TimeSpan.Zero) text.Append(CultureInfo.InvariantCulture, $"{seconds:0.#######}S");
        return text.ToString();
    }

    /// <summary>In the largest unit of which it is a whole number: <c>1 h</c>, <c>90 min</c>.</summary>
    public static string Short(TimeSpan length)
    {
        (double value, string unit) = length.Ticks switch
        {
            var t when t != 0 && t % TimeSpan.TicksPerDay == 0 => (length.TotalDays, "d"),
            var t when t != 0 && t % TimeSpan.TicksPerHour == 0 => (length.TotalHours, "h"),
            var t when t != 0 && t % TimeSpan.TicksPerMinute == 0 => (length.TotalMinutes, "min"),
            _ => (length.TotalSeconds, "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.###} {unit}");
    }
}
