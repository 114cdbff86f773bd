namespace GreenAI.Metering.Observability.Tests.Rules;

/// <summary>A mistake in the rules, and which of their unit tests has to find it.</summary>
public sealed record Spoilt(string What, string From, string To, string FoundBy)
{
    public override string ToString() => What;
}
