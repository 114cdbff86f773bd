using System.Text.Json;
using System.Text.Json.Nodes;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>The policy's file, as it is written.</summary>
internal sealed class PolicyText
{
    private static readonly JsonDocumentOptions _form = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _text;

    private PolicyText(string text)
    {
        _text = text;
        Policy = BudgetPolicy.FromJson(text);
    }

    /// <summary>What it says.</summary>
    public BudgetPolicy Policy { get; }

    /// <exception cref="InvalidOperationException">It is no policy; the message says where and why.</exception>
    public static PolicyText Read(string path)
    {
        try
        {
            return new PolicyText(File.ReadAllText(path));
        }
        catch (Exception refused) when (refused is PolicyFormatException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{path}: {refused.Message}", refused);
        }
    }

    /// <summary>The energy budget of a model.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public BudgetDefinition BudgetOf(string model) =>
        Policy.Budgets.FirstOrDefault(budget => budget.Kind == BudgetKind.Energy && budget.Scope.Model == model)
        ?? throw new InvalidOperationException($"The policy has no budget of energy for {model}, which is what this sample shows.");

    /// <summary>The same policy with another limit of one budget.</summary>
    public BudgetPolicy WithLimit(string budget, Energy limit)
    {
        JsonNode policy = JsonNode.Parse(_text, documentOptions: _form)!;
        JsonNode changed = policy["budgets"]!.AsArray().Single(row => row!["id"]!.GetValue<string>() == budget)!;
        changed["limit"] = new JsonObject { ["value"] = limit.Joules, ["unit"] = "J" };
        return BudgetPolicy.FromJson(policy.ToJsonString());
    }
}
