namespace GreenAI.Metering;

/// <summary>A policy is refused: it is damaged, holds something that is not known or not possible, contradicts itself, or is not approved.</summary>
public sealed class PolicyFormatException : FormatException
{
    internal PolicyFormatException(IReadOnlyList<PolicyProblem> problems, string? file = null, Exception? inner = null)
        : base($"The policy {(file is null ? "" : file + " ")}is refused at {string.Join("\nand at ", problems)}", inner)
    {
        Problems = problems;
        File = file;
    }

    /// <summary>What is wrong, in the order in which it was found: at least one, at most 20.</summary>
    public IReadOnlyList<PolicyProblem> Problems { get; }

    /// <summary>The file; null where it came from elsewhere.</summary>
    public string? File { get; }

    /// <summary>Where the first problem is: a JSON path, or a key of the configuration.</summary>
    public string Path => Problems[0].Path;

    /// <summary>In which line the first problem is, from 1 on; null where there are no lines.</summary>
    public int? Line => Problems[0].Line;

    /// <summary>What the first problem is, as sentences.</summary>
    public string Reason => Problems[0].Reason;
}
