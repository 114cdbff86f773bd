using System.Reflection;

namespace GreenAI.Metering.Tests;

/// <summary>Texts of the repository that were built into the test assembly.</summary>
internal static class EmbeddedText
{
    private const string SnippetFolder = "Snippets/";

    private static readonly Assembly _assembly = typeof(EmbeddedText).Assembly;

    public static string Readme => Read("README.md");

    /// <summary>The sources the README's C# snippets come from.</summary>
    public static IEnumerable<string> SnippetSources => _assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(SnippetFolder, StringComparison.Ordinal)).Select(Read);

    public static string Read(string name)
    {
        using Stream stream = _assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
