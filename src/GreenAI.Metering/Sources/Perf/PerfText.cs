using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Parses the texts in which a PMU describes its events. Total: any text gives a value or false.</summary>
internal static class PerfText
{
    /// <summary>The value of <c>event=0x02</c>, the only term the PMU <c>power</c> has (its <c>format/event</c> is <c>config:0-7</c>).</summary>
    public static bool TryParseEvent(string text, out ulong config)
    {
        const string Term = "event=0x";
        config = 0;
        return text.StartsWith(Term, StringComparison.Ordinal)
            && byte.TryParse(text.AsSpan(Term.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value)
            && (config = value) > 0;
    }

    /// <summary>n of a scale of 2^−n joules; the kernel prints 2^−32 as <c>2.3283064365386962890625e-10</c>.</summary>
    /// <remarks>Another scale than a power of two, which no kernel has, could not be converted exactly and is refused.</remarks>
    public static bool TryParseScale(string text, out int shift)
    {
        shift = 0;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double scale)) return false;
        if (!double.IsNormal(scale) || scale <= 0) return false;
        shift = -Math.ILogB(scale);
        return shift is >= 0 and <= 63 && Math.ScaleB(1, -shift) == scale;
    }
}
