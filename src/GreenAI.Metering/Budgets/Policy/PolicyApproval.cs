namespace GreenAI.Metering;

/// <summary>An approval of a policy.</summary>
public sealed class PolicyApproval
{
    /// <summary>In which role.</summary>
    public required string Role { get; init; }

    /// <summary>By whom.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
