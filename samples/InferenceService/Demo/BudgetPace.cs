namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>
/// When to ask for the dear model, so that its budget is used up in the first part of a window: soon enough to be seen refused, slowly
/// enough to see each step before. The budget stays what the policy says; machines differ in how many requests that is.
/// </summary>
internal sealed class BudgetPace(BudgetWatch watch, DateTimeOffset start, TimeSpan duration, TimeProvider time)
{
    private const double Part = 0.5;

    // A little beyond the limit: what refuses has to be asked.
    private const double Furthest = 1.05;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(1);

    /// <summary>Whether less was spent than should have been by now.</summary>
    public bool IsBehind => watch.Now is { } now && now.SpentShare < Planned(now.WindowEnd);

    /// <summary>Whether the model is refused at present.</summary>
    public bool IsRefused => watch.Now?.Verdict is Verdict.Deny or Verdict.Delay;

    private double Planned(DateTimeOffset windowEnd)
    {
        DateTimeOffset begin = start > windowEnd - _window ? start : windowEnd - _window;
        TimeSpan left = windowEnd - begin < duration ? windowEnd - begin : duration;
        TimeSpan use = left * Part < _longest ? left * Part : _longest;
        return Math.Min(Furthest, (time.GetUtcNow() - begin) / use);
    }
}
