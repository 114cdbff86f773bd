namespace GreenAI.Metering.Benchmarks;

/// <summary>
/// Managed memory of a meter with default options, 64 models and 4 devices, after use; the allocation column is its growth over
/// a further round of the same use. With budgets: what a policy with 100 of them and its reservations add to that.
/// </summary>
/// <param name="name">The row's name.</param>
/// <param name="limit">The bar, in MB.</param>
/// <param name="policy">The policy under which each request is admitted; null for none.</param>
internal sealed class MemoryBar(string name, double limit, BudgetPolicy? policy) : Bar(name)
{
    private const double Megabyte = 1e6;
    private const int Requests = 100_000;

    /// <inheritdoc />
    public override BarResult Measure(double bytesPerOperation)
    {
        Use(policy, rounds: 1, out _);
        double bytes = Use(policy, rounds: 2, out double growth);
        if (policy is not null)
        {
            bytes -= Use(null, rounds: 2, out double without);
            growth -= without;
        }

        return new BarResult(Name, bytes / Megabyte, limit, "MB", bytes / (limit * Megabyte), 1, growth / Requests, bytesPerOperation);
    }

    private static double Use(BudgetPolicy? policy, int rounds, out double growth)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        EnergyMeter meter = BenchmarkMeter.Create(TimeProvider.System, devices: 4, policy: policy);
        long used = 0, first = 0;
        for (int round = 0; round < rounds; round++)
        {
            Run(meter);
            used = GC.GetTotalMemory(forceFullCollection: true) - before;
            if (round == 0) first = used;
        }

        growth = used - first;
        meter.Dispose();
        return used;
    }

    private static void Run(EnergyMeter meter)
    {
        ModelHandle[] models = [.. Enumerable.Range(0, 64).Select(i => meter.Model($"model-{i}"))];
        for (int i = 0; i < Requests; i++)
        {
            ModelHandle model = models[i % models.Length];
            meter.Begin(model, meter.TryAdmit(model)).Complete();
            if (i % 1000 == 0) meter.Engine.CloseNow(closeStandstill: true);
        }

        meter.Engine.CloseNow(closeStandstill: true);
    }
}
