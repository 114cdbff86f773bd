namespace GreenAI.Metering;

/// <summary>Something that is wrong with a charter.</summary>
/// <remarks>Immutable.</remarks>
public sealed class CharterProblem
{
    internal CharterProblem(string project, CharterProblemKind kind, string message)
    {
        Project = project;
        Kind = kind;
        Message = message;
    }

    /// <summary>The charter's project.</summary>
    public string Project { get; }

    /// <summary>What it is.</summary>
    public CharterProblemKind Kind { get; }

    /// <summary>The same for people, as a sentence with its figures.</summary>
    public string Message { get; }
}
