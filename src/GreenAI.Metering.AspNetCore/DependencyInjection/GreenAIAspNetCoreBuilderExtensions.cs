using GreenAI.Metering;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sets the options of the ASP.NET Core package.</summary>
public static class GreenAIAspNetCoreBuilderExtensions
{
    /// <summary>Sets how requests are metered and who may see the page. Not needed where the defaults do.</summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    public static IGreenAIMeteringBuilder AddAspNetCore(this IGreenAIMeteringBuilder builder, Action<GreenAIAspNetCoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        return builder;
    }
}
