namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>One connection's worth of load: a request, its answer, a pause, and again.</summary>
/// <param name="Next">The next request; null when there is none just now.</param>
/// <param name="Pause">How long to wait before the one after it.</param>
internal sealed record LoadStream(Func<Random, LoadRequest?> Next, Func<Random, TimeSpan> Pause)
{
    /// <summary>Request upon request.</summary>
    public static LoadStream WithoutPause(Func<Random, LoadRequest?> next) => new(next, static _ => TimeSpan.Zero);

    /// <summary>A pause of so many milliseconds on average, each from half to one and a half of it.</summary>
    public static LoadStream Every(double milliseconds, Func<Random, LoadRequest?> next) =>
        new(next, random => TimeSpan.FromMilliseconds(milliseconds * (0.5 + random.NextDouble())));
}
