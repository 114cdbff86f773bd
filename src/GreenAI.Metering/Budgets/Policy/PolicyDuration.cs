using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Durations as ISO 8601 writes them, of weeks, days, hours, minutes and seconds.</summary>
internal static class PolicyDuration
{
    public const string Wanted = "it must be a duration in weeks, days, hours, minutes and seconds like P7D or PT1H30M (years and months are not all of one length)";

    private const int MostDigits = 6;

    // In the order in which they are written; after the T come those of a clock.
    private static readonly (char Letter, bool IsClock, long Ticks)[] _units =
    [
        ('W', false, 7 * TimeSpan.TicksPerDay), ('D', false, TimeSpan.TicksPerDay),
        ('H', true, TimeSpan.TicksPerHour), ('M', true, TimeSpan.TicksPerMinute), ('S', true, TimeSpan.TicksPerSecond),
    ];

    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 3 || text[0] != 'P') return false;
        text = text[1..];
        long ticks = 0;
        bool isClock = false;
        int next = 0;
        while (text.Length > 0)
        {
            if (text[0] == 'T')
            {
                if (isClock || text.Length == 1) return false;
                isClock = true;
                text = text[1..];
            }

            int digits = Digits(text);
            if (digits is 0 or > MostDigits) return false;
            long amount = long.Parse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            text = text[digits..];
            long fraction = 0;
            bool hasFraction = text.Length > 0 && text[0] == '.';
            if (hasFraction && !TryFraction(ref text, out fraction)) return false;
            if (text.Length == 0) return false;
            char letter = text[0];
            int unit = Array.FindIndex(_units, next, known => known.Letter == letter && known.IsClock == isClock);
            if (unit < 0 || (hasFraction && letter != 'S')) return false;
            // Six digits of each unit are far from the end of what a TimeSpan holds.
            ticks += (amount * _units[unit].Ticks) + fraction;
            next = unit + 1;
            text = text[1..];
        }

        duration = TimeSpan.FromTicks(ticks);
        return true;
    }

    /// <summary>A duration in its shortest form; one below zero or too long comes out as a text that is refused.</summary>
    public static string Write(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero) return duration.ToString("c", CultureInfo.InvariantCulture);
        string seconds = ((duration.Ticks % TimeSpan.TicksPerMinute) / (decimal)TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture);
        string clock = Part(duration.Hours, 'H') + Part(duration.Minutes, 'M') + (seconds == "0" ? "" : seconds + "S");
        if (clock.Length == 0) return duration.Days == 0 ? "PT0S" : "P" + Part(duration.Days, 'D');
        return $"P{Part(duration.Days, 'D')}T{clock}";
    }

    private static string Part(int amount, char unit) => amount == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{amount}{unit}");

    private static int Digits(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count])) count++;
        return count;
    }

    // A tick is the seventh digit.
    private static bool TryFraction(ref ReadOnlySpan<char> text, out long ticks)
    {
        text = text[1..];
        int digits = Digits(text);
        ticks = 0;
        if (digits is 0 or > 7) return false;
        ticks = long.Parse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
        for (int i = digits; i < 7; i++) ticks *= 10;
        text = text[digits..];
        return true;
    }
}
