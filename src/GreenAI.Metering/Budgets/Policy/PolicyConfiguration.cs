using Microsoft.Extensions.Configuration;

namespace GreenAI.Metering;

/// <summary>A policy in a section of the configuration, whatever that is read from.</summary>
internal sealed class PolicyConfiguration(IConfigurationSection section) : PolicySource
{
    private Dictionary<string, string> _keys = [];

    public override ReadOnlyMemory<byte> Read()
    {
        PolicyConfigurationWriter writer = new();
        ReadOnlyMemory<byte> json = writer.Write(section);
        _keys = writer.Keys;
        return json;
    }

    public override BudgetPolicy Parse(ReadOnlyMemory<byte> json, DateTimeOffset now)
    {
        try
        {
            return PolicyJsonReader.Read(json, file: null, now);
        }
        catch (PolicyFormatException refused)
        {
            throw new PolicyFormatException([.. refused.Problems.Select(problem => new PolicyProblem(Key(problem.Path), null, problem.Reason))]);
        }
    }

    // A place that is not there has the key of what it is missing from, and its own name.
    private string Key(string path)
    {
        string rest = "";
        while (true)
        {
            if (_keys.TryGetValue(path, out string? key)) return key + rest;
            int cut = path.LastIndexOfAny(['.', '[']);
            if (cut < 0) return section.Path + rest;
            rest = ":" + path[(cut + 1)..].Trim(']', '"') + rest;
            path = path[..cut];
        }
    }
}
