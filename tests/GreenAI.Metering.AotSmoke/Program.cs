using System.Runtime.CompilerServices;
using GreenAI.Metering;
using GreenAI.Metering.AotSmoke;
using GreenAI.Metering.Checks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

// Published ahead of time: first that it is, then that everything behaves as it does with a JIT.
CheckList checks = new(Console.Out);
checks.That(!RuntimeFeature.IsDynamicCodeSupported, "no dynamic code", "dynamic code is supported: this was not published ahead of time");
ChecksOfOptions.Run(checks);

using MeteredTree tree = new();
ServiceProvider services = Services.Configure(
    ("SysfsRoot", tree.Root), ("SamplingInterval", "00:00:00.020"), ("Scope", "Machine"), ("Sources:0", "rapl"), ("Models:from-section:RelativeWeight", "2"));
await using (services)
{
    GreenAIMeteringOptions options = services.GetRequiredService<IOptions<GreenAIMeteringOptions>>().Value;
    checks.Equal(TimeSpan.FromMilliseconds(20), options.SamplingInterval, "binding: a time span");
    checks.Equal(EnergyScope.Machine, options.Scope, "binding: an enumeration");
    checks.Equal("rapl", string.Join(",", options.Sources ?? []), "binding: a list");
    checks.Equal("from-section,from-builder", string.Join(",", options.Models.Keys), "binding: models of the section, then of the builder");

    HostLifetime host = new(services);
    using InstrumentReader instruments = new();
    await host.StartAsync();
    EnergyMeter meter = services.GetRequiredService<EnergyMeter>();
    checks.That(meter.IsRunning, "the hosted service starts the sampler", "not running");
    ChecksOfDetection.Run(checks, meter.Detection, tree);
    await ChecksOfMetering.RunAsync(checks, meter, tree, instruments);
    await host.StopAsync();
    ChecksOfTracing.Run(checks, tree.Root);
    await ChecksOfBudgets.RunAsync(checks, tree.Root);
    await ChecksOfRequests.RunAsync(checks, tree.Root);
    checks.That(!meter.IsRunning, "the hosted service stops the sampler", "running");
    Observer observer = services.GetServices<IInferenceObserver>().OfType<Observer>().Single();
    checks.Equal(ChecksOfMetering.Inferences, observer.Finals, "the observer was told every final footprint before the stop ended");
}

return checks.Close();
