using GreenAI.Metering;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the UK's Carbon Intensity API as a source of grid carbon intensity.</summary>
public static class UkCarbonIntensityBuilderExtensions
{
    /// <summary>Adds the UK's Carbon Intensity API for Great Britain as a whole.</summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <inheritdoc cref="AddUkCarbonIntensity(IGreenAIMeteringBuilder, Action{UkCarbonIntensityOptions})"/>
    public static IGreenAIMeteringBuilder AddUkCarbonIntensity(this IGreenAIMeteringBuilder builder) => builder.AddUkCarbonIntensity(static _ => { });

    /// <summary>
    /// Adds the UK's Carbon Intensity API to the providers of grid factors. The order of registrations is the order of fallback: the first that
    /// knows now answers. Options are validated at start.
    /// </summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// Requests go through the <see cref="HttpClient"/> named <see cref="UkCarbonIntensityProvider.HttpClientName"/> with the standard resilience
    /// handler; both can be configured further by that name. Redirections are not followed, and headers are not logged.
    /// </remarks>
    public static IGreenAIMeteringBuilder AddUkCarbonIntensity(this IGreenAIMeteringBuilder builder, Action<UkCarbonIntensityOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(Register(builder, UkCarbonIntensityOptionsRules.DefaultSection), configure);
        return builder;
    }

    /// <summary>Adds the UK's Carbon Intensity API with the options of a configuration section, usually <c>GreenAI:Carbon:UkCarbonIntensity</c>.</summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="section">The section.</param>
    /// <inheritdoc cref="AddUkCarbonIntensity(IGreenAIMeteringBuilder, Action{UkCarbonIntensityOptions})"/>
    public static IGreenAIMeteringBuilder AddUkCarbonIntensity(this IGreenAIMeteringBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.Configure<UkCarbonIntensityOptions>(Register(builder, section.Path), section);
        return builder;
    }

    private static string Register(IGreenAIMeteringBuilder builder, string section) => GridRegistration.Add<UkCarbonIntensityOptions>(
        builder.Services,
        UkCarbonIntensityProvider.HttpClientName,
        section,
        UkCarbonIntensityOptionsRules.Check,
        static (clients, options, timeProvider) => new UkCarbonIntensityProvider(clients, options, timeProvider));
}
