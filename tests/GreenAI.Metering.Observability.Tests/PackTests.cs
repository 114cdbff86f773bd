using System.Text.RegularExpressions;
using GreenAI.Metering.Observability.Tests.Rules;
using YamlDotNet.RepresentationModel;

namespace GreenAI.Metering.Observability.Tests;

/// <summary>What the pack says of itself.</summary>
public sealed partial class PackTests
{
    private static readonly string _readme = Pack.Read("README.md");

    [Fact]
    public void Readme_Alerts_AreThoseOfTheRules() => Assert.Equal(
        RuleFile.Rules(Pack.Read(RuleFile.Path)).Where(static rule => rule.IsAlert).Select(static rule => (rule.Name, rule.Severity!)),
        AlertRow().Matches(_readme).Select(static row => (row.Groups["name"].Value, row.Groups["severity"].Value)));

    [Fact]
    public void Readme_NamesEveryFile()
    {
        foreach (string path in Directory.EnumerateFiles(Pack.Folder, "*", SearchOption.AllDirectories).Select(static file => Path.GetRelativePath(Pack.Folder, file)).Where(static file => file != "README.md"))
            Assert.True(Covering(path).Any(name => _readme.Contains($"`{name}`", StringComparison.Ordinal)), path);
    }

    [Fact]
    public void Compose_ImagesArePinned_AndPortsAreOfThisMachine()
    {
        var services = (YamlMappingNode)Yaml.Parse(Pack.Read("compose.yml"))["services"];
        Assert.Equal(["inference", "prometheus", "alertmanager", "grafana"], services.Children.Keys.Select(static name => ((YamlScalarNode)name).Value));
        Assert.All(services.Children.Values, static service =>
        {
            Assert.Matches(@"^[a-z./-]+:v?\d+\.\d+(\.\d+)?$", service.Text("image"));
            Assert.All(service.Items("ports"), static port => Assert.StartsWith("127.0.0.1:", ((YamlScalarNode)port).Value, StringComparison.Ordinal));
            foreach (string host in service.Items("volumes").Select(static volume => ((YamlScalarNode)volume).Value!.Split(':')[0]).Where(static host => host != "../.."))
                Assert.True(Directory.Exists(Pack.At(host)), host);
        });
    }

    // Files are told one by one, or by their folder or ending.
    private static IEnumerable<string> Covering(string path) =>
    [
        path, path.EndsWith(".test.yml", StringComparison.Ordinal) ? "prometheus/*.test.yml" : path,
        .. from slash in Enumerable.Range(0, path.Length).Where(i => path[i] == '/') select path[..(slash + 1)],
    ];

    [GeneratedRegex(@"^\| `(?<name>GreenAI\w+)` \| (?<severity>\w+) \|", RegexOptions.Multiline)]
    private static partial Regex AlertRow();
}
