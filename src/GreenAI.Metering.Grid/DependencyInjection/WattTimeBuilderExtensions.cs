using GreenAI.Metering;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers WattTime as a source of grid carbon intensity.</summary>
public static class WattTimeBuilderExtensions
{
    /// <summary>
    /// Adds WattTime to the providers of grid factors. The order of registrations is the order of fallback: the first that
    /// knows now answers. Options are validated at start.
    /// </summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// Requests go through the <see cref="HttpClient"/> named <see cref="WattTimeProvider.HttpClientName"/> with the standard resilience
    /// handler; both can be configured further by that name. Redirections are not followed, and headers are not logged.
    /// </remarks>
    public static IGreenAIMeteringBuilder AddWattTime(this IGreenAIMeteringBuilder builder, Action<WattTimeOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(Register(builder, WattTimeOptionsRules.DefaultSection), configure);
        return builder;
    }

    /// <summary>Adds WattTime with the options of a configuration section, usually <c>GreenAI:Carbon:WattTime</c>.</summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="section">The section.</param>
    /// <inheritdoc cref="AddWattTime(IGreenAIMeteringBuilder, Action{WattTimeOptions})"/>
    public static IGreenAIMeteringBuilder AddWattTime(this IGreenAIMeteringBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.Configure<WattTimeOptions>(Register(builder, section.Path), section);
        return builder;
    }

    private static string Register(IGreenAIMeteringBuilder builder, string section) => GridRegistration.Add<WattTimeOptions>(
        builder.Services,
        WattTimeProvider.HttpClientName,
        section,
        WattTimeOptionsRules.Check,
        static (clients, options, timeProvider) => new WattTimeProvider(clients, options, timeProvider));
}
