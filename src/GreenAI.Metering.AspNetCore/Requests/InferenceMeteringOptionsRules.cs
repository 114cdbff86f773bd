namespace GreenAI.Metering;

/// <summary>What the options of requests may be. Messages name the key, the value and the range.</summary>
internal static class InferenceMeteringOptionsRules
{
    private const int MostTenants = 65_536;
    private const int MostWaiting = 100_000;

    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(1);

    public static IEnumerable<string> Check(InferenceMeteringOptions options, string path)
    {
        if (options.RefusalStatus is not (429 or 503)) yield return $"{path}:RefusalStatus is {options.RefusalStatus}; it must be 429 or 503.";
        if (options.WaitForDelay < TimeSpan.Zero || options.WaitForDelay > _longestWait)
            yield return $"{path}:WaitForDelay is {options.WaitForDelay}; it must be from 00:00:00 to {_longestWait}.";
        if (options.MaxWaiting is < 1 or > MostWaiting) yield return $"{path}:MaxWaiting is {options.MaxWaiting}; it must be from 1 to {MostWaiting}.";
        foreach (string wrong in Check(options.Tenants, $"{path}:Tenants")) yield return wrong;
    }

    private static IEnumerable<string> Check(RequestTenantOptions tenants, string path)
    {
        if (!Enum.IsDefined(tenants.Unknown)) yield return $"{path}:Unknown is {tenants.Unknown}; it must be {string.Join(", ", Enum.GetNames<UnknownTenant>())}.";
        if (tenants.Header is { Length: > 0 } header && !IsToken(header)) yield return $"{path}:Header is '{header}'; it must be the name of a header: letters, digits and -_.";
        IList<string> allowed = tenants.Allowed ?? [];
        if (allowed.Count > MostTenants) yield return $"{path}:Allowed has {allowed.Count} names; it must have at most {MostTenants}.";
        for (int i = 0; i < allowed.Count; i++)
        {
            if (!TenantName.IsFit(allowed[i]))
                yield return $"{path}:Allowed:{i} is '{allowed[i]}'; it must have 1 to {TenantName.MaxLength} characters, none of them invisible, and not begin with '('.";
        }

        bool isUsed = allowed.Count > 0 || tenants.AllowAny || tenants.Unknown != UnknownTenant.None;
        if (isUsed && !tenants.IsOn) yield return $"{path} names neither a Claim nor a Header; one must say where the tenant of a request comes from.";
        if (tenants.IsOn && allowed.Count == 0 && !tenants.AllowAny)
            yield return $"{path}:Allowed is empty; it must name the tenants there are, or {path}:AllowAny must be true.";
    }

    private static bool IsToken(string name)
    {
        foreach (char character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_')) return false;
        }

        return true;
    }
}
