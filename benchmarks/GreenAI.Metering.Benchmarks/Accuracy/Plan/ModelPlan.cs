namespace GreenAI.Metering.Benchmarks;

/// <summary>One model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Watts">True watts of one running inference.</param>
/// <param name="DurationSeconds">Mean time of an inference alone on the host, waiting included.</param>
/// <param name="Distribution">How that time spreads.</param>
/// <param name="Waiting">The part of that time it waits, without power or processor.</param>
/// <param name="MarksWaiting">Whether the application says so by <c>Suspend</c> and <c>Resume</c>.</param>
/// <param name="Changes">Its watts from an instant on.</param>
internal sealed record ModelPlan(
    string Name, double Watts, double DurationSeconds, Distribution Distribution, double Waiting, bool MarksWaiting,
    IReadOnlyList<Change> Changes);
