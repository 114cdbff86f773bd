using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GreenAI.Metering.Tests;

public sealed class HostLifetimeTests
{
    [Fact]
    public async Task Host_StartsAndStopsTheMeter()
    {
        using MeteringHost host = MeteringHost.Build(services => services.AddGreenAIMetering().AddSource<LabSource>());
        Assert.False(host.Meter.IsRunning);
        await host.StartAsync();
        Assert.True(host.Meter.IsRunning);
        await host.StopAsync();
        Assert.False(host.Meter.IsRunning);
        Assert.False(host.Meter.Begin("late").IsTracked);
    }

    [Fact]
    public async Task HostStop_LastBillsAreFinal_AndObserversWereTold()
    {
        using MeteringHost host = MeteringHost.Build(services =>
            services.AddGreenAIMetering().AddSource<LabSource>().AddObserver<CollectingObserver>());
        await host.StartAsync();
        var source = (LabSource)host.Host.Services.GetServices<IPowerSource>().Single();
        var told = (CollectingObserver)host.Host.Services.GetServices<IInferenceObserver>().Single();

        // Half an interval: the sampler will not tick again before the end.
        InferenceScope scope = host.Meter.Begin("m");
        source.Counter.Add(1_234_567);
        host.Time.Advance(TimeSpan.FromMilliseconds(50));
        InferenceFootprint provisional = scope.Complete();
        Assert.Empty(told.All);
        await host.StopAsync();

        InferenceFootprint final = Assert.Single(told.All);
        Assert.Equal((provisional.ScopeId, FootprintStage.Final), (final.ScopeId, final.Stage));
        Assert.Equal(1_234_567, final.Marginal?.Microjoules);
        EnergyTotals totals = host.Meter.GetTotals();
        Assert.Equal(1_234_567, totals.Settled.Microjoules);
        Books.AssertBalanced(totals);
    }

    [Fact]
    public async Task HostStop_ServiceRegisteredBeforeMetering_ItsLastInferenceIsBilled()
    {
        using MeteringHost host = MeteringHost.Build(services =>
        {
            services.AddHostedService<LastMinuteWorker>();
            services.AddGreenAIMetering().AddSource<LabSource>().AddObserver<CollectingObserver>();
        });
        await host.StartAsync();
        await host.StopAsync();
        var told = (CollectingObserver)host.Host.Services.GetServices<IInferenceObserver>().Single();
        Assert.Equal(["at start", "at stop"], told.All.Select(final => final.Model.Name));
        Assert.Equal(3_000_000, told.All.Sum(final => final.Marginal?.Microjoules));
    }

    [Fact]
    public async Task HostDisposedWithoutStop_BillsWhatHasEnded()
    {
        MeteringHost host = MeteringHost.Build(services =>
            services.AddGreenAIMetering().AddSource<LabSource>().AddObserver<CollectingObserver>());
        await host.StartAsync();
        var told = (CollectingObserver)host.Host.Services.GetServices<IInferenceObserver>().Single();
        InferenceScope scope = host.Meter.Begin("m");
        host.Time.Advance(TimeSpan.FromMilliseconds(10));
        scope.Complete();
        await ((IAsyncDisposable)host.Host).DisposeAsync();
        Assert.Single(told.All);
    }

    [Fact]
    public async Task HostStop_ShutdownTimeIsOver_StopsAllTheSame()
    {
        PowerDevice slow = FakePowerSource.Cpu("lab:slow", idle: Power.Zero, shared: false, updateMs: 1000);
        FakePowerSource? source = null;
        using MeteringHost host = MeteringHost.Build(services => services.AddGreenAIMetering()
            .AddSource(provider => source = new FakePowerSource(provider.GetRequiredService<TimeProvider>(), slow))
            .AddObserver<CollectingObserver>());
        await host.StartAsync();
        InferenceScope scope = host.Meter.Begin("m");
        source![0].Add(1_000_000);
        host.Time.Advance(TimeSpan.FromMilliseconds(200));
        scope.Complete();
        using CancellationTokenSource hurry = new();
        await hurry.CancelAsync();
        // The host tells afterwards that it was cut short; what matters is that the books are closed.
        await Record.ExceptionAsync(() => host.Host.StopAsync(hurry.Token));
        Assert.False(host.Meter.IsRunning);
        Assert.Single(((CollectingObserver)host.Host.Services.GetServices<IInferenceObserver>().Single()).All);
        Books.AssertBalanced(host.Meter.GetTotals());
    }

    private sealed class LastMinuteWorker(EnergyMeter meter, IServiceProvider services, TimeProvider time) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Infer("at start", 1_000_000);

        public Task StopAsync(CancellationToken cancellationToken) => Infer("at stop", 2_000_000);

        private Task Infer(string model, long microjoules)
        {
            using InferenceScope scope = meter.Begin(model);
            ((LabSource)services.GetServices<IPowerSource>().Single()).Counter.Add(microjoules);
            ((Microsoft.Extensions.Time.Testing.FakeTimeProvider)time).Advance(TimeSpan.FromMilliseconds(100));
            scope.Complete();
            return Task.CompletedTask;
        }
    }
}
