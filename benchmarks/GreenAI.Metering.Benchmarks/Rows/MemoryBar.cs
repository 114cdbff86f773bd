namespace GreenAI.Metering.Benchmarks;

/// <summary>
/// Managed memory of a meter with default options, 64 models and 4 devices, after use; the allocation column is its growth over
/// a further round of the same use.
/// </summary>
internal sealed class MemoryBar() : Bar("memory, 64 models, 4 devices")
{
    private const double Megabyte = 1e6;
    private const int Requests = 100_000;

    /// <inheritdoc />
    public override BarResult Measure(double bytesPerOperation)
    {
        Use(rounds: 1, out _);
        double bytes = Use(rounds: 2, out double growth);
        return new BarResult(Name, bytes / Megabyte, 4, "MB", bytes / (4 * Megabyte), 1, growth / Requests, bytesPerOperation);
    }

    private static double Use(int rounds, out double growth)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        EnergyMeter meter = BenchmarkMeter.Create(TimeProvider.System, devices: 4);
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
            meter.Begin(models[i % models.Length]).Complete();
            if (i % 1000 == 0) meter.Engine.CloseNow(closeStandstill: true);
        }

        meter.Engine.CloseNow(closeStandstill: true);
    }
}
