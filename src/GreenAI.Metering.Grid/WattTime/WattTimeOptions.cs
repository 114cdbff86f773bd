namespace GreenAI.Metering;

/// <summary>How WattTime is asked.</summary>
public sealed class WattTimeOptions
{
    /// <summary>The account's user name.</summary>
    /// <value>Not set; required.</value>
    public string? UserName { get; set; }

    /// <summary>The account's password. It is sent to <see cref="BaseAddress"/> only, and never logged.</summary>
    /// <value>Not set; required.</value>
    public string? Password { get; set; }

    /// <summary>The region the service runs in, by WattTime's name: <c>CAISO_NORTH</c>.</summary>
    /// <value>Not set; required. The caller's address is never used to guess it.</value>
    public string? Region { get; set; }

    /// <summary>
    /// Marginal (<c>co2_moer</c>), for decisions and consequential accounts, or average (<c>co2_aoer</c>), for inventories. It is part of
    /// the provider's kind.
    /// </summary>
    /// <value>Not set; required.</value>
    public CarbonSignal? Signal { get; set; }

    /// <summary>How long after its time began a figure may stand in for a newer one; then it is stale.</summary>
    /// <value>1 hour; from 5 minutes to 1 day.</value>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The longest for a request with its retries.</summary>
    /// <value>1 minute; from 1 second to 10 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Where the service is.</summary>
    /// <value><c>https://api.watttime.org</c>.</value>
    public Uri? BaseAddress { get; set; } = new(WattTimeOptionsRules.StandardAddress);
}
