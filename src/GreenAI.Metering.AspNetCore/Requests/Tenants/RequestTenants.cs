using System.Collections.Frozen;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.Primitives;

namespace GreenAI.Metering;

/// <summary>Finds on whose account a request runs. Thread-safe; keeps nothing of what callers send unless the options allow it.</summary>
internal sealed class RequestTenants
{
    private readonly RequestTenantOptions _options;
    private readonly EnergyMeter _meter;
    private readonly FrozenDictionary<string, TenantHandle> _allowed;
    private readonly TenantHandle _unknown;

    private RequestTenants(RequestTenantOptions options, EnergyMeter meter)
    {
        _options = options;
        _meter = meter;
        _allowed = options.Allowed.Distinct(StringComparer.Ordinal).ToFrozenDictionary(static name => name, meter.Tenant, StringComparer.Ordinal);
        if (options.Unknown == UnknownTenant.Shared) _unknown = meter.Tenant(TenantName.Unknown);
    }

    /// <summary>Null: requests have no tenants.</summary>
    public static RequestTenants? From(RequestTenantOptions options, EnergyMeter meter) => options.IsOn ? new RequestTenants(options, meter) : null;

    /// <summary>The tenant of a request; a default handle: nobody in particular. False: the request is to be refused.</summary>
    public bool TryFind(HttpContext context, out TenantHandle tenant)
    {
        string? name = Claimed(context) ?? Sent(context);
        if (name is not null)
        {
            if (_allowed.TryGetValue(name, out tenant)) return true;
            if (_options.AllowAny && TenantName.IsFit(name))
            {
                tenant = _meter.Tenant(name);
                return true;
            }
        }

        tenant = _unknown;
        return _options.Unknown != UnknownTenant.Refuse;
    }

    // The feature rather than HttpContext.User, which makes a principal where there is none.
    private string? Claimed(HttpContext context)
    {
        if (_options.Claim is not { Length: > 0 } type || context.Features.Get<IHttpAuthenticationFeature>()?.User is not { } user) return null;
        foreach (ClaimsIdentity identity in user.Identities)
        {
            if (identity.IsAuthenticated && identity.FindFirst(type) is { } claim) return claim.Value;
        }

        return null;
    }

    private string? Sent(HttpContext context) =>
        _options.Header is { Length: > 0 } header && context.Request.Headers.TryGetValue(header, out StringValues values) && values.Count == 1 ? values[0] : null;
}
