using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>What can be set from outside: <c>QuickStart__PhaseSeconds</c> in the environment.</summary>
internal sealed record SampleOptions(TimeSpan Phase)
{
    private const double DefaultSeconds = 2;
    private const double MinSeconds = 0.05;
    private const double MaxSeconds = 600;

    /// <exception cref="InvalidOperationException">A value is not a number or out of range; the message says which.</exception>
    public static SampleOptions From(IConfiguration configuration)
    {
        const string key = "QuickStart:PhaseSeconds";
        if (configuration[key] is not { } text) return new SampleOptions(TimeSpan.FromSeconds(DefaultSeconds));
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= MinSeconds and <= MaxSeconds
            ? new SampleOptions(TimeSpan.FromSeconds(seconds))
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"{key} is '{text}'; it must be a number of seconds from {MinSeconds} to {MaxSeconds}."));
    }
}
