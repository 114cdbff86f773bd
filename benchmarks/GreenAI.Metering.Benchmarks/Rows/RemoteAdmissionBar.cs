using System.Diagnostics;

namespace GreenAI.Metering.Benchmarks;

/// <summary>The mean cost of an admission whose budgets are in a shared ledger, what interrupts it included, while leases are renewed and spend is told.</summary>
internal sealed class RemoteAdmissionBar() : Bar("admission, remote, mean")
{
    private const double Limit = 1000;
    private const int Block = 2048;
    private const int WarmUp = 200;

    // Spend is told each second.
    private static readonly TimeSpan _time = TimeSpan.FromSeconds(4);

    /// <inheritdoc />
    public override BarResult Measure(double bytesPerOperation)
    {
        var ledger = new RemoteLedger();
        using EnergyMeter meter = BenchmarkMeter.Create(TimeProvider.System, policy: Budgeted.Policy, ledger: ledger);
        var request = new AdmissionRequest(meter.Model(Budgeted.Model)) { Tenant = meter.Tenant("tenant") };
        var admissions = new Admission[Block];
        meter.TryAdmit(request).Dispose();
        meter.Budgets.FlushAsync().Wait();
        double nanoseconds = 0;
        long bytes = 0, blocks = 0, begun = Stopwatch.GetTimestamp();
        for (int block = -WarmUp; block < 1 || Stopwatch.GetElapsedTime(begun) < _time; block++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            for (int i = 0; i < Block; i++) admissions[i] = meter.TryAdmit(request);
            double elapsed = Stopwatch.GetElapsedTime(started).TotalNanoseconds;
            if (block >= 0)
            {
                nanoseconds += elapsed;
                blocks++;
                bytes += GC.GetAllocatedBytesForCurrentThread() - before;
            }

            foreach (Admission admission in admissions)
            {
                if (!admission.HoldsReservation) throw new InvalidOperationException($"An admission without a reservation costs less than one with it. {admission.Reason}");
                meter.Begin(request.Model, admission).Complete();
            }

            meter.Engine.CloseNow(closeStandstill: true);
        }

        if (ledger.Exchanges < 3) throw new InvalidOperationException($"The ledger was asked {ledger.Exchanges} times: not what is to be measured.");
        double mean = nanoseconds / Block / blocks;
        return new BarResult(Name, mean, Limit, "ns", mean / Limit, 1, bytes / (double)Block / blocks, bytesPerOperation);
    }
}
