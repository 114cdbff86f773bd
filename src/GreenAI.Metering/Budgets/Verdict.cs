namespace GreenAI.Metering;

/// <summary>What a policy says of an inference that is about to run, from the mildest to the strictest.</summary>
public enum Verdict
{
    /// <summary>It may run.</summary>
    Allow,

    /// <summary>It may run; a budget is close to its limit, or on course to pass it.</summary>
    Warn,

    /// <summary>It should run on a cheaper model, which the admission names.</summary>
    Degrade,

    /// <summary>It should be tried again later; the admission says when.</summary>
    Delay,

    /// <summary>It must not run; the admission says why.</summary>
    Deny,
}
