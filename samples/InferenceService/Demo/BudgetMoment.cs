namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>How a budget stood at a moment.</summary>
internal sealed record BudgetMoment(DateTimeOffset At, Verdict Verdict, double SpentShare, DateTimeOffset WindowEnd, string Text);
