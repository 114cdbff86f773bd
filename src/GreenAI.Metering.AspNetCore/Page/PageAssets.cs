using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace GreenAI.Metering;

/// <summary>The files of the page, which are resources of this assembly.</summary>
internal static class PageAssets
{
    private const string Prefix = "page/";

    public const string Index = "index.html";

    /// <summary>By name. Read once, when the page is mapped.</summary>
    public static FrozenDictionary<string, PageAsset> All { get; } = Read();

    private static FrozenDictionary<string, PageAsset> Read()
    {
        Assembly assembly = typeof(PageAssets).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);
    }

    private static PageAsset Read(Assembly assembly, string resource)
    {
        using Stream stream = assembly.GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        string name = resource[Prefix.Length..];
        return new PageAsset
        {
            Name = name,
            ContentType = ContentTypeOf(name),
            Content = content,
            EntityTag = $"\"{Convert.ToHexString(SHA256.HashData(content).AsSpan(0, 12))}\"",
        };
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        string other => throw new InvalidOperationException($"No content type is known for {other} of the page."),
    };
}
