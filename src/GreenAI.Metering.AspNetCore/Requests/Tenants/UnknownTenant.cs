namespace GreenAI.Metering;

/// <summary>What becomes of a request whose tenant is not stated, not allowed, or not fit to be a name.</summary>
public enum UnknownTenant
{
    /// <summary>It runs on nobody's account in particular: budgets of tenants do not count it.</summary>
    None,

    /// <summary>It runs on the account of the tenant <c>(unknown)</c>, which all of them share.</summary>
    Shared,

    /// <summary>It is refused with 403 (gRPC: PERMISSION_DENIED).</summary>
    Refuse,
}
