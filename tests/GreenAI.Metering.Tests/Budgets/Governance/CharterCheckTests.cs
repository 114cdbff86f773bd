namespace GreenAI.Metering.Tests;

/// <summary>What is wrong with charters.</summary>
public sealed class CharterCheckTests
{
    private static readonly DateOnly _today = new(2026, 11, 29);

    [Fact]
    public void Sound_HasNoProblem() => Assert.Empty(Check(Charter(), 100));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Estimate_ThatIsNone_IsTold_AndNothingIsHeldAgainstIt(double estimate) =>
        Assert.Equal([(CharterProblemKind.NoEstimate, "The Energy-to-Solution is not estimated.")], Told(Charter(estimate: estimate), 1000));

    [Fact]
    public void Method_ThatIsNotSaid_IsTold() =>
        Assert.Equal([(CharterProblemKind.NoEstimate, "It is not said how the Energy-to-Solution was estimated.")], Told(Charter(method: " "), null));

    [Fact]
    public void Review_OfToday_IsNotOverdue_OfYesterdayIs()
    {
        Assert.Empty(Check(Charter(review: _today), null));
        Assert.Equal([(CharterProblemKind.ReviewOverdue, "The review of 2026-11-28 is overdue by 1 day(s).")], Told(Charter(review: _today.AddDays(-1)), null));
    }

    [Fact]
    public void Budget_MissingOrUnknown_IsTold()
    {
        Assert.Equal([(CharterProblemKind.NoBudget, "It names no budget.")], Told(Charter(budget: null), null));
        Assert.Equal([(CharterProblemKind.BudgetUnknown, "The policy has no budget 'other'.")], Told(Charter(budget: "other"), null));
    }

    [Fact]
    public void Estimate_Exceeded_IsToldWithBoth()
    {
        Assert.Empty(Check(Charter(), 120));
        Assert.Equal([(CharterProblemKind.EstimateExceeded, "120.5 kWh were spent of 120 kWh estimated.")], Told(Charter(), 120.5));
    }

    [Fact]
    public void Several_AreToldInTheOrderOfTheCharters()
    {
        BudgetPolicy policy = new() { Version = "1", Charters = [Charter(budget: null), Charter(estimate: 0)] };
        Assert.Equal(
            [CharterProblemKind.NoBudget, CharterProblemKind.NoEstimate, CharterProblemKind.BudgetUnknown],
            CharterCheck.Check(policy, _today).Select(problem => problem.Kind));
    }

    private static IEnumerable<(CharterProblemKind, string)> Told(Charter charter, double? actual) => Check(charter, actual).Select(problem => (problem.Kind, problem.Message));

    private static IReadOnlyList<CharterProblem> Check(Charter charter, double? actual) => CharterCheck.Check(
        new()
        {
            Version = "1",
            Budgets = [new() { Id = "month", Kind = BudgetKind.Energy, LimitMicrounits = 1e9, Window = new() { Type = BudgetWindowType.Calendar } }],
            Charters = [charter],
        },
        _today, _ => actual);

    private static Charter Charter(double estimate = 120, string method = "pilot", string? budget = "month", DateOnly? review = null) => new()
    {
        Project = "vision",
        Owner = "a",
        Objective = "defects",
        Model = "resnet50",
        EnergyToSolutionKilowattHours = estimate,
        EstimateMethod = method,
        Budget = budget,
        ReviewDate = review ?? new(2027, 6, 30),
    };
}
