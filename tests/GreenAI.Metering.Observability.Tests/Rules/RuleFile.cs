using YamlDotNet.RepresentationModel;

namespace GreenAI.Metering.Observability.Tests.Rules;

/// <summary>The rules of a file.</summary>
internal static class RuleFile
{
    public const string Path = "prometheus/greenai.rules.yml";

    public static IReadOnlyList<Rule> Rules(string text) =>
    [
        .. from yaml in Yaml.Parse(text).Items("groups")
           from rule in yaml.Items("rules")
           let isAlert = rule.Has("alert")
           select new Rule(rule.Text(isAlert ? "alert" : "record"), isAlert, rule.Text("expr"), isAlert ? rule["labels"].Text("severity") : null),
    ];

    /// <summary>The rules that a text names, and those that these are made of: to evaluate the others too takes promtool most of its time.</summary>
    public static string OnlyWhat(string asks, string text)
    {
        IReadOnlyList<Rule> all = Rules(text);
        HashSet<string> kept = [];
        for (var open = new Stack<string>([asks]); open.TryPop(out string? asked);)
        {
            foreach (Rule rule in all.Where(rule => asked.Contains(rule.Name, StringComparison.Ordinal) && kept.Add(rule.Name))) open.Push(rule.Expression);
        }

        YamlNode root = Yaml.Parse(text);
        foreach (YamlNode group in root.Items("groups"))
        {
            var rules = (YamlSequenceNode)group["rules"];
            foreach (YamlNode rule in rules.Children.Where(rule => !kept.Contains(rule.Text(rule.Has("alert") ? "alert" : "record"))).ToArray()) rules.Children.Remove(rule);
        }

        return Yaml.Write(root);
    }
}
