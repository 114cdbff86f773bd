using GreenAI.Metering;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a Carbon Aware SDK's Web API as a source of grid carbon intensity.</summary>
public static class CarbonAwareSdkBuilderExtensions
{
    /// <summary>
    /// Adds a Carbon Aware SDK's Web API to the providers of grid factors. The order of registrations is the order of fallback: the first that
    /// knows now answers. Options are validated at start.
    /// </summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// Requests go through the <see cref="HttpClient"/> named <see cref="CarbonAwareSdkProvider.HttpClientName"/> with the standard resilience
    /// handler; both can be configured further by that name. Redirections are not followed, and headers are not logged.
    /// </remarks>
    public static IGreenAIMeteringBuilder AddCarbonAwareSdk(this IGreenAIMeteringBuilder builder, Action<CarbonAwareSdkOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(Register(builder, CarbonAwareSdkOptionsRules.DefaultSection), configure);
        return builder;
    }

    /// <summary>Adds a Carbon Aware SDK's Web API with the options of a configuration section, usually <c>GreenAI:Carbon:CarbonAwareSdk</c>.</summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="section">The section.</param>
    /// <inheritdoc cref="AddCarbonAwareSdk(IGreenAIMeteringBuilder, Action{CarbonAwareSdkOptions})"/>
    public static IGreenAIMeteringBuilder AddCarbonAwareSdk(this IGreenAIMeteringBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.Configure<CarbonAwareSdkOptions>(Register(builder, section.Path), section);
        return builder;
    }

    private static string Register(IGreenAIMeteringBuilder builder, string section) => GridRegistration.Add<CarbonAwareSdkOptions>(
        builder.Services,
        CarbonAwareSdkProvider.HttpClientName,
        section,
        CarbonAwareSdkOptionsRules.Check,
        static (clients, options, timeProvider) => new CarbonAwareSdkProvider(clients, options, timeProvider));
}
