using YamlDotNet.RepresentationModel;

namespace GreenAI.Metering.Observability.Tests;

/// <summary>YAML as a tree.</summary>
internal static class Yaml
{
    public static YamlNode Parse(string text) => Assert.Single(Documents(text));

    public static IReadOnlyList<YamlNode> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(static document => document.RootNode)];
    }

    public static string Write(YamlNode root)
    {
        using var writer = new StringWriter();
        new YamlStream(new YamlDocument(root)).Save(writer, assignAnchors: false);
        return writer.ToString();
    }

    public static IEnumerable<YamlNode> Items(this YamlNode node, string key) => ((YamlSequenceNode)node[key]).Children;

    public static bool Has(this YamlNode node, string key) => ((YamlMappingNode)node).Children.ContainsKey(new YamlScalarNode(key));

    public static string Text(this YamlNode node, string key) => ((YamlScalarNode)node[key]).Value!;
}
