using System.Diagnostics.CodeAnalysis;
using GreenAI.Metering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sets the options of the ASP.NET Core package, and adds observers of its requests.</summary>
public static class GreenAIAspNetCoreBuilderExtensions
{
    /// <summary>Sets how requests are metered and who may see the page. Not needed where the defaults do. Options are validated at start; with them it is
    /// warned of endpoints that are marked as inferences while <c>UseInferenceMetering</c> is missing.</summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    public static IGreenAIMeteringBuilder AddAspNetCore(this IGreenAIMeteringBuilder builder, Action<GreenAIAspNetCoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        Validate(builder.Services).Configure(configure);
        return builder;
    }

    /// <summary>The same with the options of a configuration section, usually <c>GreenAI:AspNetCore</c>. A key that is not known ends the start of the host.</summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="section">The section.</param>
    /// <returns>The same builder.</returns>
    public static IGreenAIMeteringBuilder AddAspNetCore(this IGreenAIMeteringBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        Validate(builder.Services);
        builder.Services.Configure<GreenAIAspNetCoreOptions>(section);
        builder.Services.AddSingleton(new AspNetCoreSection(section));
        return builder;
    }

    /// <summary>Adds an observer of the final footprints of requests, with their traces; once however often it is called.</summary>
    /// <typeparam name="TObserver">An observer made by the host's container. It must not ask for the <see cref="EnergyMeter"/>, which is made with its observers.</typeparam>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <returns>The same builder.</returns>
    public static IGreenAIMeteringBuilder AddRequestObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>(this IGreenAIMeteringBuilder builder)
        where TObserver : class, IRequestObserver
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IRequestObserver, TObserver>());
        return builder.AddRequestMetrics();
    }

    /// <summary>
    /// Publishes the final energy and emissions of requests by model and route (<see cref="RequestInstruments"/>). It costs the background some work per
    /// inference, and requests no allocation.
    /// </summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <returns>The same builder.</returns>
    public static IGreenAIMeteringBuilder AddRequestMetrics(this IGreenAIMeteringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<RequestFinals>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IInferenceObserver, RequestFinals>(static services => services.GetRequiredService<RequestFinals>()));
        return builder;
    }

    private static OptionsBuilder<GreenAIAspNetCoreOptions> Validate(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GreenAIAspNetCoreOptions>, GreenAIAspNetCoreOptionsValidator>());
        services.TryAddSingleton<PipelineCheck>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PipelineCheck>(static provider => provider.GetRequiredService<PipelineCheck>()));
        return services.AddOptions<GreenAIAspNetCoreOptions>().ValidateOnStart();
    }
}
