namespace GreenAI.Metering;

/// <summary>A rule of the policy for one model, tenant or host, or for all, and what it says at present.</summary>
internal abstract class RuleBook(string id, string part, string policyHash)
{
    private Standing _standing = Standing.Silent;

    /// <summary>The budget's or target's name.</summary>
    public string Id => id;

    /// <summary>Which of the rule's values it is; empty where it has one.</summary>
    public string Part => part;

    /// <summary>The hash of the policy it is in.</summary>
    public string PolicyHash => policyHash;

    /// <summary>Its name in metrics: with its part, where it has several.</summary>
    public string Name { get; } = part.Length == 0 ? id : $"{id}/{part}";

    /// <summary>What it says at present. Written by the closer only.</summary>
    public Standing Standing
    {
        get => Volatile.Read(ref _standing);
        protected set => Volatile.Write(ref _standing, value);
    }
}
