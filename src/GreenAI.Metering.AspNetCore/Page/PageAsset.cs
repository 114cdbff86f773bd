namespace GreenAI.Metering;

/// <summary>A file of the page.</summary>
internal sealed class PageAsset
{
    /// <summary>Its name, as in its address: <c>app.js</c>.</summary>
    public required string Name { get; init; }

    public required string ContentType { get; init; }

    public required byte[] Content { get; init; }

    /// <summary>A hash of its content, in quotes.</summary>
    public required string EntityTag { get; init; }
}
