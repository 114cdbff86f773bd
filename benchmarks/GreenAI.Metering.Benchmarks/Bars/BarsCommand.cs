namespace GreenAI.Metering.Benchmarks;

/// <summary>Measures the rows of <see cref="BarTable"/> and says which fall short.</summary>
internal static class BarsCommand
{
    /// <param name="filter">Part of the names of the rows to measure; empty for all.</param>
    /// <param name="output">Receives the table.</param>
    /// <returns>0 when every bar is held, 1 when any falls short or none has that name.</returns>
    public static int Run(string filter, TextWriter output)
    {
        AllocationBudgets budgets = AllocationBudgets.Load();
        int measured = 0, held = 0;
        output.WriteLine(BarResult.Header);
        foreach (Func<Bar> create in BarTable.Rows)
        {
            using Bar bar = create();
            if (!bar.Name.Contains(filter, StringComparison.Ordinal)) continue;
            BarResult result = bar.Measure(budgets.BytesPerOperation(bar.Name));
            output.WriteLine(result);
            measured++;
            if (result.Holds) held++;
        }

        output.WriteLine($"{held} of {measured} bars are held.");
        return measured > 0 && held == measured ? 0 : 1;
    }
}
