namespace GreenAI.Metering;

/// <summary>A source whose policies have to fit the meter too.</summary>
/// <param name="source">The source.</param>
/// <param name="fit">What has to fit.</param>
/// <param name="file">The source's file; null where it has none.</param>
internal sealed class FittingPolicySource(PolicySource source, PolicyFit fit, string? file) : PolicySource
{
    public override ReadOnlyMemory<byte> Read() => source.Read();

    public override BudgetPolicy Parse(ReadOnlyMemory<byte> json, DateTimeOffset now)
    {
        BudgetPolicy policy = source.Parse(json, now);
        if (fit.Check(policy) is not { Count: > 0 } problems) return policy;
        throw file is null
            ? new PolicyFormatException([.. problems.Select(problem => new PolicyProblem(problem.Path, null, problem.Reason))])
            : new PolicyFormatException(PolicyText.Locate(json.Span, problems), file);
    }
}
