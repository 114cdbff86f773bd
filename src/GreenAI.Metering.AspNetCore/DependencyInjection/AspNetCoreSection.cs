using System.Diagnostics.CodeAnalysis;
using GreenAI.Metering;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The configuration section the options came from. Finds what the binder would pass over in silence.</summary>
internal sealed class AspNetCoreSection(IConfigurationSection section)
{
    public const string DefaultPath = "GreenAI:AspNetCore";

    /// <summary>Its path, for messages that name keys.</summary>
    public string Path => section.Path;

    // A misspelt key would leave tenants, refusals or the page at their defaults, without a word.
    public IEnumerable<string> Check()
    {
        IConfigurationSection requests = section.GetSection(nameof(GreenAIAspNetCoreOptions.Requests));
        IConfigurationSection tenants = requests.GetSection(nameof(InferenceMeteringOptions.Tenants));
        IConfigurationSection endpoints = section.GetSection(nameof(GreenAIAspNetCoreOptions.Endpoints));
        return
        [
            .. CheckKeys<GreenAIAspNetCoreOptions>(section),
            .. CheckKeys<InferenceMeteringOptions>(requests),
            .. CheckKeys<RequestTenantOptions>(tenants),
            .. CheckKeys<GreenAIEndpointsOptions>(endpoints),
            .. CheckKeys<AutoscalingOptions>(endpoints.GetSection(nameof(GreenAIEndpointsOptions.Autoscaling))),
            .. CheckList(tenants.GetSection(nameof(RequestTenantOptions.Allowed))),
        ];
    }

    private static IEnumerable<string> CheckKeys<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(IConfigurationSection parent)
    {
        string[] known = [.. typeof(TOptions).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal)];
        if (!string.IsNullOrEmpty(parent.Value)) yield return $"{parent.Path} is '{parent.Value}'; it must hold a section with {string.Join(", ", known)}.";
        foreach (IConfigurationSection key in parent.GetChildren())
        {
            if (!known.Contains(key.Key, StringComparer.OrdinalIgnoreCase)) yield return $"{key.Path} is not known; {parent.Path} has {string.Join(", ", known)}.";
        }
    }

    private static IEnumerable<string> CheckList(IConfigurationSection list)
    {
        if (!string.IsNullOrEmpty(list.Value)) yield return $"{list.Path} is '{list.Value}'; it must be a list: write {list.Path}:0 = {list.Value}.";
    }
}
