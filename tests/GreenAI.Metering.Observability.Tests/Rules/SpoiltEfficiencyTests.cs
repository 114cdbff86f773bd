namespace GreenAI.Metering.Observability.Tests.Rules;

/// <summary>The mistakes in the rules of efficiency and metering, found beside those of budgets: promtool takes its time.</summary>
public sealed class SpoiltEfficiencyTests
{
    public static TheoryData<Spoilt> Mistakes => [.. SpoiltEfficiency.All];

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public Task UnitTests_RulesWithAMistake_Fail(Spoilt mistake) => SpoiltRuleTests.MistakeIsFoundAsync(mistake);
}
