using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Something that is wrong with an audit log, with its place.</summary>
/// <remarks>Immutable.</remarks>
public sealed class AuditProblem
{
    internal AuditProblem(AuditProblemKind kind, string file, long line, long sequence, string message)
    {
        Kind = kind;
        File = file;
        Line = line;
        Sequence = sequence;
        Message = message;
    }

    /// <summary>What it is.</summary>
    public AuditProblemKind Kind { get; }

    /// <summary>The name of the file; empty where there is none.</summary>
    public string File { get; }

    /// <summary>The line, from 1 on: the one that is wrong, or the first one after what is missing; 0 for a file as a whole.</summary>
    public long Line { get; }

    /// <summary>The number of the record that is there, or that should be where it cannot be read.</summary>
    public long Sequence { get; }

    /// <summary>The same for people, as a sentence.</summary>
    public string Message { get; }

    /// <summary>Place and sentence on one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}: record {Sequence}: {Message}");
}
