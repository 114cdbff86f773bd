namespace GreenAI.Metering;

/// <summary>Takes a meter's first policy, from the one place it is stated at.</summary>
internal static class PolicyOpening
{
    /// <exception cref="PolicyFormatException">The policy cannot be in force.</exception>
    /// <exception cref="ArgumentException">Several places are stated.</exception>
    public static PolicyStore Open(BudgetOptions options, MeterEnvironment environment, PolicyFit fit)
    {
        int stated = (options.PolicyFile is null ? 0 : 1) + (environment.Policy is null ? 0 : 1) + (environment.PolicySection is null ? 0 : 1);
        if (stated > 1)
            throw new ArgumentException($"A policy is stated by {options.PolicyFile ?? "no file"}, {environment.PolicySection?.Path ?? "no section"} and {(environment.Policy is null ? "no" : "some")} code; state one of them.", nameof(environment));
        PolicyStore store = new(environment.TimeProvider, options.PolicyInterval);
        try
        {
            if (options.PolicyFile is { } file) store.Follow(new FittingPolicySource(new PolicyFile(file), fit, Path.GetFullPath(file)));
            else if (environment.PolicySection is { } section) store.Follow(new FittingPolicySource(new PolicyConfiguration(section), fit, null));
            else if (environment.Policy is { } policy)
            {
                fit.ThrowIfUnfit(policy);
                store.Set(policy);
            }

            return store;
        }
        catch (Exception)
        {
            store.Dispose();
            throw;
        }
    }
}
