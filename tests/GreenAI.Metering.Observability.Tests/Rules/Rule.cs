namespace GreenAI.Metering.Observability.Tests.Rules;

/// <summary>A recording rule or an alert.</summary>
internal sealed record Rule(string Name, bool IsAlert, string Expression, string? Severity);
