namespace GreenAI.Metering;

/// <summary>What is wrong with a document, and where.</summary>
/// <param name="Path">The place, as a JSON path.</param>
/// <param name="Reason">What is wrong there, as a sentence.</param>
/// <param name="IsRepeated">Whether it is about the last of several values that have the same path.</param>
internal sealed record SchemaProblem(string Path, string Reason, bool IsRepeated = false)
{
    /// <summary>The same, found in a part of something larger.</summary>
    public SchemaProblem Under(string part) => this with { Path = part + Path };
}
