namespace GreenAI.Metering;

/// <summary>Where a policy is kept that may change while the meter runs.</summary>
internal abstract class PolicySource
{
    /// <summary>What stands there now, as JSON.</summary>
    /// <exception cref="PolicyFormatException">It cannot be read.</exception>
    public abstract ReadOnlyMemory<byte> Read();

    /// <summary>The policy that the bytes are.</summary>
    /// <param name="json">What <see cref="Read"/> gave last.</param>
    /// <param name="now">When it shall be in force.</param>
    /// <exception cref="PolicyFormatException">It cannot be in force; the places are the source's own.</exception>
    public abstract BudgetPolicy Parse(ReadOnlyMemory<byte> json, DateTimeOffset now);
}
