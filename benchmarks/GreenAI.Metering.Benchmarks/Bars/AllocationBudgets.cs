using System.Text.Json;

namespace GreenAI.Metering.Benchmarks;

/// <summary><c>allocation-budgets.json</c>: bytes an operation of each row may allocate.</summary>
internal sealed class AllocationBudgets(IReadOnlyDictionary<string, double> budgets)
{
    public static AllocationBudgets Load()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "allocation-budgets.json");
        return new AllocationBudgets(JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllBytes(path))!);
    }

    /// <summary>The budget of a row.</summary>
    /// <exception cref="InvalidOperationException">The file has no line for it: each row has to state one.</exception>
    public double BytesPerOperation(string row) => budgets.TryGetValue(row, out double bytes)
        ? bytes
        : throw new InvalidOperationException($"allocation-budgets.json has no line for \"{row}\".");
}
