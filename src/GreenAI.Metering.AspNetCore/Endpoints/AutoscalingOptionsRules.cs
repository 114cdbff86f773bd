namespace GreenAI.Metering;

/// <summary>What the options of <c>/autoscaling/{model}</c> must be like.</summary>
internal static class AutoscalingOptionsRules
{
    public static IEnumerable<string> Check(AutoscalingOptions options, string path)
    {
        if (options.MaxAge is { } age && age <= TimeSpan.Zero) yield return $"{path}:{nameof(options.MaxAge)} is {age}; it must be above 0, or not be set.";
        if (!(options.MinCoverage is >= 0 and <= 1))
            yield return FormattableString.Invariant($"{path}:{nameof(options.MinCoverage)} is {options.MinCoverage}; it must be from 0 to 1.");
    }
}
