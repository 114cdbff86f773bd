using System.Diagnostics.Metrics;
using GreenAI.Metering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers metering with a host.</summary>
public static class GreenAIMeteringServiceCollectionExtensions
{
    /// <summary>Registers metering with default options.</summary>
    /// <inheritdoc cref="AddGreenAIMetering(IServiceCollection, Action{GreenAIMeteringOptions})"/>
    public static IGreenAIMeteringBuilder AddGreenAIMetering(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<GreenAIMeteringOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GreenAIMeteringOptions>, GreenAIMeteringOptionsValidator>());
        services.TryAddSingleton(CreateMeter);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MeteringHostedService>());
        return new GreenAIMeteringBuilder(services);
    }

    /// <summary>
    /// Registers one <see cref="EnergyMeter"/> that starts and stops with the host. Options are validated at start. What was
    /// registered before wins: a <see cref="TimeProvider"/>, an <see cref="IMeterFactory"/>, an <see cref="EnergyMeter"/>.
    /// Calling it twice changes nothing but options.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>A builder for sources, models and observers.</returns>
    public static IGreenAIMeteringBuilder AddGreenAIMetering(this IServiceCollection services, Action<GreenAIMeteringOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        IGreenAIMeteringBuilder builder = services.AddGreenAIMetering();
        services.Configure(configure);
        return builder;
    }

    /// <summary>Registers metering with the options of a configuration section, usually <c>GreenAI</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The section.</param>
    /// <inheritdoc cref="AddGreenAIMetering(IServiceCollection, Action{GreenAIMeteringOptions})"/>
    public static IGreenAIMeteringBuilder AddGreenAIMetering(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        IGreenAIMeteringBuilder builder = services.AddGreenAIMetering();
        services.Configure<GreenAIMeteringOptions>(section);
        services.AddSingleton(new MeteringSection(section));
        return builder;
    }

    private static EnergyMeter CreateMeter(IServiceProvider services)
    {
        StatedPolicy? policy = services.GetService<StatedPolicy>();
        return new(services.GetRequiredService<IOptions<GreenAIMeteringOptions>>().Value, new MeterEnvironment
        {
            TimeProvider = services.GetService<TimeProvider>() ?? TimeProvider.System,
            LoggerFactory = services.GetService<ILoggerFactory>(),
            MeterFactory = services.GetService<IMeterFactory>(),
            AdditionalSources = [.. services.GetServices<IPowerSource>().Select(source => new BorrowedPowerSource(source))],
            CarbonIntensity = [.. services.GetServices<ICarbonIntensityProvider>()],
            Observers = [.. services.GetServices<IInferenceObserver>()],
            Policy = policy?.Policy,
            PolicySection = policy?.Section,
            Ledger = services.GetService<IBudgetLedger>(),
            BudgetObservers = [.. services.GetServices<IBudgetObserver>()],
        });
    }
}
