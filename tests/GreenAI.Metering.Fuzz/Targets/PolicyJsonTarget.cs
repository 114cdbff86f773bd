using System.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary>A policy as JSON, changed anywhere: read whole or refused with path and line, and what is read is written and read as the same policy.</summary>
internal sealed class PolicyJsonTarget : IFuzzTarget
{
    public string Name => "policy-json";

    public int Inputs => 50_000;

    // The text twice, as a document and as a policy; for one that is sound twice more of both.
    public long AllocationBound => 1 << 20;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        Encoding.UTF8.GetBytes(SamplePolicies.Full),
        Encoding.UTF8.GetBytes(BudgetPolicy.FromJson(SamplePolicies.Full).ToJson()),
        Encoding.UTF8.GetBytes(SamplePolicies.Small),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        BudgetPolicy policy;
        try
        {
            policy = BudgetPolicy.FromJson(input.ToArray());
        }
        catch (PolicyFormatException refused)
        {
            int lines = 1 + input.Count((byte)'\n');
            FuzzFailure.Unless(refused.Problems.Count is > 0 and <= 20, "a refusal tells from 1 to 20 problems");
            foreach (PolicyProblem problem in refused.Problems)
            {
                FuzzFailure.Unless(problem.Path.StartsWith('$'), "a problem tells its path");
                FuzzFailure.Unless(problem.Line >= 1 && problem.Line <= lines, "a problem's line is one of the text");
                FuzzFailure.Unless(problem.Reason.Length is > 0 and < 1024 && !problem.ToString().Any(char.IsControl), "a reason is short and fits a line");
            }

            return;
        }

        BudgetPolicy again = BudgetPolicy.FromJson(policy.ToJson());
        FuzzFailure.Unless(again.Hash == policy.Hash, "what was read is written and read back with the same hash");
        FuzzFailure.Unless(again.ToJson() == policy.ToJson(), "what was read is written the same again");
        FuzzFailure.Unless(PolicyApprovals.Missing(policy, DateTimeOffset.UnixEpoch)?.Length != 0, "what is missing is said");
    }
}
