namespace GreenAI.Metering.Tests;

/// <summary>Policies for tests.</summary>
internal static class PolicySamples
{
    /// <summary>Says everything that can be said, as people write it.</summary>
    public static string Example { get; } = EmbeddedText.Read("example-policy.json");

    /// <summary>In force at once, with nothing in it.</summary>
    public static string Named(string version) => $$"""{ "version": "{{version}}" }""";

    /// <summary>The example with one text in place of another that is there once.</summary>
    public static string Changed(string from, string to)
    {
        Assert.Equal(2, Example.Split(from).Length);
        return Example.Replace(from, to, StringComparison.Ordinal);
    }

    /// <summary>The smallest budget, in code.</summary>
    public static BudgetDefinition Budget(string id = "b") => new()
    {
        Id = id,
        Kind = BudgetKind.Emissions,
        LimitMicrounits = 1e9,
        Window = new() { Type = BudgetWindowType.Calendar, Unit = CalendarUnit.Month },
    };
}
