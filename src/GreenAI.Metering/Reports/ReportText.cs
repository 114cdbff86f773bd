using System.Globalization;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Figures and words of reports as text for people, the same in every culture.</summary>
internal static class ReportText
{
    public const string NoValue = "–";

    /// <summary>An enumeration's word as the JSON has it: <c>locationBased</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>A number in 6 digits, large ones to the unit; the JSON has them all.</summary>
    public static string Number(double value) =>
        value.ToString(Math.Abs(value) is >= 1e6 and < 1e15 ? "0" : "G6", CultureInfo.InvariantCulture);

    public static string Number(double? value) => value is { } number ? Number(number) : NoValue;

    /// <summary>A number with its unit; what has none is told by the number alone.</summary>
    public static string Number(double? value, string unit) => value is not { } number ? NoValue : unit == "1" ? Number(number) : $"{Number(number)} {unit}";

    /// <summary>An indicator in its unit; a ratio in percent.</summary>
    public static string Value(double? value, string unit) => unit == "1" ? Number(value * 100, "%") : Number(value, unit);

    public static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Percent(double? share) => share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0.##} %") : NoValue;

    public static string Change(double? relative) => relative is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:+0.##;-0.##;0} %") : NoValue;

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Window(TimeSpan? window) => window is not { } time ? "since start"
        : time == TimeSpan.Zero ? "0 s"
        : time.Ticks % TimeSpan.TicksPerDay == 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.Days} d")
        : time.Ticks % TimeSpan.TicksPerHour == 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours} h")
        : time.Ticks % TimeSpan.TicksPerMinute == 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} s");

    public static string Subject(string? model) => model ?? "host";

    public static string Verdict(TargetVerdict? verdict) => verdict switch
    {
        TargetVerdict.Met => "met",
        TargetVerdict.NotMet => "not met",
        TargetVerdict.Undefined => "undefined",
        _ => NoValue,
    };

    /// <summary>Sentences in a row, without those that are not there.</summary>
    public static string Sentences(params ReadOnlySpan<string?> sentences)
    {
        List<string> there = [];
        foreach (string? sentence in sentences)
        {
            if (!string.IsNullOrWhiteSpace(sentence)) there.Add(sentence);
        }

        return string.Join(' ', there);
    }
}
