namespace GreenAI.Metering;

/// <summary>On whose account requests run; the configuration section is usually called <c>GreenAI:AspNetCore:Requests:Tenants</c>.</summary>
/// <remarks>What callers send never becomes a tenant unless it is on the list, or any is allowed: then the meter's bound holds (<see cref="BudgetOptions.MaxTenants"/>).</remarks>
public sealed class RequestTenantOptions
{
    /// <summary>The type of the claim that names the tenant, of an identity that is authenticated. It wins over the header.</summary>
    /// <value>Null: claims are not looked at.</value>
    public string? Claim { get; set; }

    /// <summary>The header that names the tenant. Anybody can send it: only behind a gateway that sets it or takes it away.</summary>
    /// <value>Null: headers are not looked at.</value>
    public string? Header { get; set; }

    /// <summary>The tenants there are, compared exactly.</summary>
    /// <value>Empty. At most 65,536 names of 1 to 128 characters.</value>
    public IList<string> Allowed { get; set; } = [];

    /// <summary>Whether any name is a tenant that has 1 to 128 characters, none of them invisible. Those beyond <see cref="BudgetOptions.MaxTenants"/> share the tenant <c>(overflow)</c>.</summary>
    /// <value>False: only those on the list.</value>
    public bool AllowAny { get; set; }

    /// <summary>What becomes of other requests.</summary>
    /// <value><see cref="UnknownTenant.None"/>.</value>
    public UnknownTenant Unknown { get; set; }

    internal bool IsOn => !string.IsNullOrEmpty(Claim) || !string.IsNullOrEmpty(Header);
}
