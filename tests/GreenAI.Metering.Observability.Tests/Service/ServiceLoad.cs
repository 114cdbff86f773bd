using Microsoft.Extensions.Hosting;

namespace GreenAI.Metering.Observability.Tests;

/// <summary>Asks two models for two tenants, some hundred times a second, and tells all that only an application can say.</summary>
internal sealed class ServiceLoad(EnergyMeter meter, LoadGauge load, TimeProvider time) : BackgroundService
{
    private const int Batch = 8;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await IndicateAsync(stoppingToken);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), time);
        List<InferenceScope> running = [];
        for (int round = 0; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            for (int i = 0; i < running.Count; i++) End(running[i], i);
            running.Clear();
            // The mix varies from one 100 ms to the next: what never varies cannot be told apart.
            string model = round / 10 % 2 == 0 ? "large" : "small";
            int inFlight = 1 + (round / 20 % Batch);
            for (int i = 0; i < inFlight; i++) Begin(model, i % 2 == 0 ? "acme" : "globex", running);
            load.Watts = running.Count * (model == "large" ? 8 : 2);
            meter.Kpis.RecordOutcome();
        }
    }

    private static void End(in InferenceScope scope, int place)
    {
        if (place == 6) scope.Fail();
        else scope.Complete();
    }

    private void Begin(string model, string tenant, List<InferenceScope> running)
    {
        ModelHandle handle = meter.Model(model);
        Admission admission = meter.TryAdmit(handle, meter.Tenant(tenant), Energy.FromJoules(0.01));
        if (admission.MayRun) running.Add(meter.Begin(handle, admission));
        else admission.Dispose();
    }

    private async Task IndicateAsync(CancellationToken cancellationToken)
    {
        await meter.WaitUntilReadyAsync(cancellationToken);
        EnergyWindow training = meter.StartWindow("training");
        EnergyReading reading = await training.StopAsync();
        meter.Kpis.RecordAttempt("large", reading, reached: true);
        meter.Kpis.RecordTraining("large", new ModelTraining { Accuracy = 0.9, Energy = TrainingEnergy.None, DataBytes = 1_000_000 });
        DateTimeOffset now = time.GetUtcNow();
        meter.Kpis.RecordRenewable(Energy.FromJoules(1000), now.AddHours(-1), now);
    }
}
