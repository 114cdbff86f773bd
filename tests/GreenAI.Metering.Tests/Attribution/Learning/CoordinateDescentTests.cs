namespace GreenAI.Metering.Tests;

public sealed class CoordinateDescentTests
{
    [Theory]
    [InlineData(10, 50, true)]
    [InlineData(70, 50, true)]
    [InlineData(259, 3, false)]
    public void WorkOfASolution_IsBounded_HoweverHardItIs(int columns, int sweeps, bool finished) =>
        Assert.Equal((finished, sweeps), (Solve(columns, tolerance: -1, out _, out int took), took));

    [Fact]
    public void LeastSquaresWithAWeakPrior_FindsTheTruth()
    {
        Assert.True(Solve(10, tolerance: 1e-9, out double[] solution, out int sweeps));
        Assert.InRange(sweeps, 2, 49);
        for (int i = 0; i < 10; i++) Assert.Equal(1 + i, solution[i], 1e-3);
    }

    // Rows in which mostly one column is active, whose truth is 1, 2, 3…
    private static bool Solve(int columns, double tolerance, out double[] solution, out int sweeps)
    {
        var equations = new NormalEquations();
        int[] all = [.. Enumerable.Range(0, columns)];
        foreach (int _ in all) equations.AddColumn();
        for (int row = 0; row < columns * 2; row++)
        {
            double[] x = [.. all.Select(i => i == row % columns ? 1 : 0.01)];
            equations.Add(x, all, all.Sum(i => x[i] * (1 + i)), 1, 1);
        }

        solution = new double[columns];
        return CoordinateDescent.Solve(
            equations, solution, new double[columns], [.. all.Select(_ => 1e-9)], new double[columns], new double[columns], tolerance, out sweeps);
    }
}
