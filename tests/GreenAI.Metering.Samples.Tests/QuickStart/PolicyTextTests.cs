namespace GreenAI.Metering.Samples.QuickStart.Tests;

public sealed class PolicyTextTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quickstart-").FullName;

    private static string Committed => Path.Combine(AppContext.BaseDirectory, "greenai-policy.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void CommittedPolicy_IsApprovedAndHasALadderOfThreeSteps()
    {
        PolicyText policy = PolicyText.Read(Committed);
        BudgetDefinition budget = policy.BudgetOf("digits-mlp");

        Assert.Equal((BudgetWindowType.Calendar, CalendarUnit.Minute), (budget.Window.Type, budget.Window.Unit));
        Assert.Equal([Verdict.Warn, Verdict.Degrade, Verdict.Deny], budget.Ladder.Select(step => step.Action.Verdict));
        Assert.Equal("digits-linear", budget.Ladder[1].Action.Model);
        Assert.Empty(CharterCheck.Check(policy.Policy, new DateOnly(2026, 6, 1)));
        using EnergyMeter meter = new(new GreenAIMeteringOptions { Sources = [], Budgets = { PolicyFile = Committed } });
        Assert.Equal("1.0.0", meter.Budgets.Policy?.Version);
    }

    [Fact]
    public void WithLimit_ChangesTheLimitAndNothingElse()
    {
        PolicyText policy = PolicyText.Read(Committed);

        BudgetPolicy fitted = policy.WithLimit("digits-mlp-minute", Energy.FromJoules(13.9));

        Assert.Equal(13.9e6, fitted.Budgets.Single().LimitMicrounits);
        Assert.NotEqual(policy.Policy.Hash, fitted.Hash);
        Assert.Equal(policy.Policy.Hash, policy.WithLimit("digits-mlp-minute", Energy.FromJoules(40)).Hash);
    }

    [Fact]
    public void Read_MistakeInTheFile_IsToldWithFilePlaceAndLine()
    {
        string path = Path.Combine(_folder, "policy.json");
        File.WriteAllText(path, File.ReadAllText(Committed).Replace("\"do\": \"deny\"", "\"do\": \"refuse\"", StringComparison.Ordinal));

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => PolicyText.Read(path));

        int line = Array.FindIndex(File.ReadAllLines(path), text => text.Contains("refuse", StringComparison.Ordinal)) + 1;
        Assert.StartsWith(path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("$.budgets[0].ladder[2].do", refused.Message, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"line {line}"), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFile_IsToldWithItsPath() =>
        Assert.Contains("nowhere.json", Assert.Throws<InvalidOperationException>(() => PolicyText.Read(Path.Combine(_folder, "nowhere.json"))).Message, StringComparison.Ordinal);

    [Fact]
    public void BudgetOf_ModelWithoutAnEnergyBudget_IsToldByName() => Assert.Equal(
        "The policy has no budget of energy for digits-linear, which is what this sample shows.",
        Assert.Throws<InvalidOperationException>(() => PolicyText.Read(Committed).BudgetOf("digits-linear")).Message);
}
