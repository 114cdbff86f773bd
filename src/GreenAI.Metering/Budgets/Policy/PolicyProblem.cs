namespace GreenAI.Metering;

/// <summary>What is wrong with a policy, and where.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PolicyProblem
{
    internal PolicyProblem(string path, int? line, string reason)
    {
        Path = path;
        Line = line;
        Reason = reason;
    }

    /// <summary>Where: a JSON path such as <c>$.budgets[0].limit.value</c>, or a key of the configuration where it came from there; <c>$</c> is the policy as a whole.</summary>
    public string Path { get; }

    /// <summary>The line of the JSON, from 1 on; null where there is none: in configuration, in code, and of a file that cannot be read.</summary>
    public int? Line { get; }

    /// <summary>What is wrong there and what it must be, as sentences.</summary>
    public string Reason { get; }

    /// <summary>The place and the reason in a line.</summary>
    public override string ToString() => Line is { } line ? FormattableString.Invariant($"{Path}, line {line}: {Reason}") : $"{Path}: {Reason}";
}
