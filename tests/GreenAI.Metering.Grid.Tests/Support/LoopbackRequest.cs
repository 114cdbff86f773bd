namespace GreenAI.Metering.Grid.Tests;

/// <summary>A request as it came over the wire.</summary>
internal sealed record LoopbackRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
{
    public string Path => Target.Split('?')[0];

    /// <summary>The query as it was sent, with its escapes.</summary>
    public string Query => Target.Contains('?', StringComparison.Ordinal) ? Target.Split('?', 2)[1] : "";

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
