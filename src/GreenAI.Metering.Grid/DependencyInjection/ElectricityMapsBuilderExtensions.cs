using GreenAI.Metering;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Electricity Maps as a source of grid carbon intensity.</summary>
public static class ElectricityMapsBuilderExtensions
{
    /// <summary>
    /// Adds Electricity Maps to the providers of grid factors. The order of registrations is the order of fallback: the first that
    /// knows now answers. Options are validated at start.
    /// </summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// Requests go through the <see cref="HttpClient"/> named <see cref="ElectricityMapsProvider.HttpClientName"/> with the standard resilience
    /// handler; both can be configured further by that name. Redirections are not followed, and headers are not logged.
    /// </remarks>
    public static IGreenAIMeteringBuilder AddElectricityMaps(this IGreenAIMeteringBuilder builder, Action<ElectricityMapsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(Register(builder, ElectricityMapsOptionsRules.DefaultSection), configure);
        return builder;
    }

    /// <summary>Adds Electricity Maps with the options of a configuration section, usually <c>GreenAI:Carbon:ElectricityMaps</c>.</summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="section">The section.</param>
    /// <inheritdoc cref="AddElectricityMaps(IGreenAIMeteringBuilder, Action{ElectricityMapsOptions})"/>
    public static IGreenAIMeteringBuilder AddElectricityMaps(this IGreenAIMeteringBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.Configure<ElectricityMapsOptions>(Register(builder, section.Path), section);
        return builder;
    }

    private static string Register(IGreenAIMeteringBuilder builder, string section) => GridRegistration.Add<ElectricityMapsOptions>(
        builder.Services,
        ElectricityMapsProvider.HttpClientName,
        section,
        ElectricityMapsOptionsRules.Check,
        static (clients, options, timeProvider) => new ElectricityMapsProvider(clients, options, timeProvider));
}
