using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

/// <summary>A real host whose clock a test moves, and in which detection finds nothing of this machine.</summary>
internal sealed class MeteringHost : IDisposable
{
    private MeteringHost(IHost host, FakeTimeProvider time, CollectingLoggerFactory logs) => (Host, Time, Logs) = (host, time, logs);

    public IHost Host { get; }

    public FakeTimeProvider Time { get; }

    public CollectingLoggerFactory Logs { get; }

    public EnergyMeter Meter => Host.Services.GetRequiredService<EnergyMeter>();

    public IMeterFactory Meters => Host.Services.GetRequiredService<IMeterFactory>();

    /// <summary>A device of no machine-wide counter: all its energy is ours, and processor times play no part.</summary>
    public static PowerDevice Device(string id) => FakePowerSource.Cpu(id, idle: Power.Zero, shared: false);

    public static MeteringHost Build(Action<IServiceCollection> register) => Build(register, []);

    public static MeteringHost Build(Action<IServiceCollection> register, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var time = new FakeTimeProvider();
        var logs = new CollectingLoggerFactory();
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<ILoggerFactory>(logs);
        builder.Services.AddSingleton<IConfiguration>(builder.Configuration);
        register(builder.Services);
        builder.Services.Configure<GreenAIMeteringOptions>(options => options.Sources ??= []);
        return new MeteringHost(builder.Build(), time, logs);
    }

    public static Task<TException> RefusedAsync<TException>(
        Action<IServiceCollection, IConfigurationSection> register, string section, params (string Key, string Value)[] settings)
        where TException : Exception
    {
        using MeteringHost host = Build(
            services => register(services, Configuration(services).GetSection(section)),
            settings.Select(setting => KeyValuePair.Create($"{section}:{setting.Key}", (string?)setting.Value)));
        return Assert.ThrowsAsync<TException>(() => host.Host.StartAsync(TestContext.Current.CancellationToken));
    }

    public static IConfiguration Configuration(IServiceCollection services) =>
        (IConfiguration)services.Last(service => service.ServiceType == typeof(IConfiguration)).ImplementationInstance!;

    public Task StartAsync() => Host.StartAsync(TestContext.Current.CancellationToken);

    public Task StopAsync() => Host.StopAsync(TestContext.Current.CancellationToken);

    public void Dispose() => Host.Dispose();
}
