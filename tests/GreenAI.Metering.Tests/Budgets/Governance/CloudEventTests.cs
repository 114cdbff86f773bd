using System.Text.Json;

namespace GreenAI.Metering.Tests;

/// <summary>Events as CloudEvents 1.0, held against what the specification asks for.</summary>
public sealed class CloudEventTests
{
    public static TheoryData<BudgetEventKind> Kinds => [.. Enum.GetValues<BudgetEventKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ToCloudEvent_AnyKind_HasWhatTheSpecificationAsksFor(BudgetEventKind kind)
    {
        BudgetEvent happened = new() { Kind = kind, Time = AuditRig.Start, Rule = "month", Part = "model=ranker", PolicyHash = "sha256:ab", Reason = "Why.", Verdict = Verdict.Deny };
        using JsonDocument document = JsonDocument.Parse(happened.ToCloudEvent("/services/ranker"));
        JsonElement root = document.RootElement;
        CheckStrictly(root);
        string word = char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];
        Assert.Equal(
            ($"io.greenai.budget.{word}.v1", "/services/ranker", "month/model=ranker", "2026-11-29T12:00:00+00:00"),
            (Text(root, "type"), Text(root, "source"), Text(root, "subject"), Text(root, "time")));
        JsonElement data = root.GetProperty("data");
        Assert.Equal(("deny", "allow", "Why.", "sha256:ab", "month"), (Text(data, "verdict"), Text(data, "before"), Text(data, "reason"), Text(data, "policy"), Text(data, "rule")));
    }

    [Fact]
    public void ToCloudEvent_WithoutRule_HasNoEmptySubject()
    {
        using JsonDocument document = JsonDocument.Parse(new BudgetEvent { Kind = BudgetEventKind.PolicyRefused, Time = AuditRig.Start, Reason = "Line 3." }.ToCloudEvent("https://example.org/a"));
        CheckStrictly(document.RootElement);
        Assert.False(document.RootElement.TryGetProperty("subject", out _));
    }

    [Fact]
    public void Id_IsTheSameForTheSameEvent_AndAnotherForAnother()
    {
        Assert.Equal(Id(AuditRig.Event(1)), Id(AuditRig.Event(1)));
        BudgetEvent[] others =
        [
            AuditRig.Event(1, "Another reason."), AuditRig.Event(10),
            new() { Kind = BudgetEventKind.Decisions, Time = AuditRig.Start, Reason = "." }, new() { Kind = BudgetEventKind.WaiverUsed, Time = AuditRig.Start, Reason = "." },
            new() { Kind = BudgetEventKind.Decisions, Time = AuditRig.Start.AddTicks(1), Reason = "." }, new() { Kind = BudgetEventKind.Decisions, Time = AuditRig.Start, Reason = ".", PolicyHash = "x" },
        ];
        Assert.Equal(others.Length, others.Append(AuditRig.Event(1)).Select(Id).Distinct().Count() - 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("not a uri")]
    public void Source_ThatIsNoUriReference_IsRefused(string source) => Assert.ThrowsAny<ArgumentException>(() => AuditRig.Event(1).ToCloudEvent(source));

    // CloudEvents 1.0.2, sections 3 and 3.1: required attributes, names, types; JSON format 1.0.2, section 3.
    private static void CheckStrictly(JsonElement root)
    {
        Assert.Equal("1.0", Text(root, "specversion"));
        foreach (string required in new[] { "id", "source", "type" }) Assert.NotEmpty(Text(root, required));
        string[] known = ["specversion", "id", "source", "type", "time", "subject", "datacontenttype", "data"];
        Assert.All(root.EnumerateObject(), property =>
        {
            Assert.Contains(property.Name, known);
            Assert.Matches("^[a-z0-9]+$", property.Name);
            if (property.Name != "data") Assert.NotEmpty(property.Value.GetString()!);
        });
        Assert.Equal(root.EnumerateObject().Count(), root.EnumerateObject().Select(property => property.Name).Distinct().Count());
        Assert.True(Uri.IsWellFormedUriString(Text(root, "source"), UriKind.RelativeOrAbsolute));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", Text(root, "time"));
        Assert.Equal("application/json", Text(root, "datacontenttype"));
        Assert.Equal(JsonValueKind.Object, root.GetProperty("data").ValueKind);
    }

    private static string Id(BudgetEvent happened)
    {
        using JsonDocument document = JsonDocument.Parse(happened.ToCloudEvent("/a"));
        return Text(document.RootElement, "id");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
