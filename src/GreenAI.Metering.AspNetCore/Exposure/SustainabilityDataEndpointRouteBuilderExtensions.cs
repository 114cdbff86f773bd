using System.Diagnostics.CodeAnalysis;
using GreenAI.Metering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the sustainability document of a service.</summary>
[Experimental("GAIM0001")]
public static class SustainabilityDataEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>/.well-known/sustainability-data</c> (GET and HEAD), open to everybody: who reports, on what, how it is measured, and, where they are known, the figures of a period that is over.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="configure">Sets who reports and on what.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="InvalidOperationException">Metering is not registered, or an option is not set or out of its range; the message names it.</exception>
    /// <remarks>By an Internet-Draft (draft-besleaga-sustainability-wellknown-05) that may still change, and this with it: hence experimental.</remarks>
    public static IEndpointConventionBuilder MapSustainabilityData(this IEndpointRouteBuilder endpoints, Action<SustainabilityDataOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(configure);
        IServiceProvider services = endpoints.ServiceProvider;
        EnergyMeter meter = services.GetService<EnergyMeter>()
            ?? throw new InvalidOperationException("Metering is not registered: call services.AddGreenAIMetering() before MapSustainabilityData().");
        var options = new SustainabilityDataOptions();
        configure(options);
        SustainabilityRules.ThrowIfInvalid(options);
        TimeProvider time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var endpoint = new SustainabilityEndpoint(options, meter, Figures(options, meter, services, time), time);
        return endpoints.MapMethods("/.well-known/sustainability-data", [HttpMethods.Get, HttpMethods.Head], endpoint.HandleAsync);
    }

    private static Func<SustainabilityFigures?> Figures(SustainabilityDataOptions options, EnergyMeter meter, IServiceProvider services, TimeProvider time)
    {
        if (!options.PublishMeteredFigures) return options.Figures ?? (static () => null);
        var daily = new DailyFigures(meter, time);
        services.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(daily.Dispose);
        return daily.Get;
    }
}
