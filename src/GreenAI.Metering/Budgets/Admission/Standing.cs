namespace GreenAI.Metering;

/// <summary>What a rule says at present. Immutable; another object whenever it changes.</summary>
internal sealed class Standing
{
    public static Standing Silent { get; } = new();

    /// <summary>What requests are answered: after tiers, waivers and shadow mode.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>What they would be answered if the rule were not in shadow mode; Allow where it is not.</summary>
    public Verdict ShadowVerdict { get; init; }

    /// <summary>The verdict before waivers and shadow mode.</summary>
    public Verdict OwnVerdict { get; init; }

    public string? DegradeTo { get; init; }

    /// <summary>When to try again, by the boot clock; null where nobody knows.</summary>
    public long? RetryAt { get; init; }

    /// <summary>How long to wait when <see cref="RetryAt"/> is past or unknown, and it is refused still.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>What priorities that a step exempts are answered instead.</summary>
    public IReadOnlyList<KeyValuePair<string, Standing>> Exemptions { get; init; } = [];

    public string? Waiver { get; init; }

    /// <summary>Why requests are answered so.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Why <see cref="OwnVerdict"/> is what it is.</summary>
    public string OwnReason { get; init; } = "";

    public long Decision { get; init; }

    /// <summary>What a request of a priority is answered.</summary>
    public Standing For(string? priority)
    {
        if (priority is null) return this;
        foreach (KeyValuePair<string, Standing> exemption in Exemptions)
        {
            if (string.Equals(exemption.Key, priority, StringComparison.Ordinal)) return exemption.Value;
        }

        return this;
    }
}
