using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

/// <summary>Policies come into force whole, at their time, and a bad one changes nothing.</summary>
public sealed class PolicyStoreTests : IDisposable
{
    private static readonly TimeSpan _interval = PolicyStore.DefaultInterval;

    private readonly FakeTimeProvider _time = new(new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly string _folder = Directory.CreateTempSubdirectory("policy").FullName;
    private readonly PolicyStore _store;
    private readonly List<string> _told = [];

    public PolicyStoreTests()
    {
        _store = new(_time, _interval);
        _store.Changed += (before, now) => _told.Add($"{before?.Version ?? "none"} -> {now.Version}");
        _store.Refused += refused => _told.Add(refused.Message.Replace(Path, "FILE", StringComparison.Ordinal));
    }

    private string Path => System.IO.Path.Combine(_folder, "policy.json");

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Follow_AFile_IsInForce()
    {
        Write(PolicySamples.Example);
        Follow();
        Assert.Equal("3.1.0", _store.Current!.Version);
        Assert.Equal(["none -> 3.1.0"], _told);
    }

    [Fact]
    public void Follow_AFileThatCannotBe_Throws()
    {
        Assert.Equal($"The policy {Path} is refused at $: It does not exist; it must be a file that this process may read.", Assert.Throws<PolicyFormatException>(Follow).Message);
        Write("{\n\"version\": 1 }");
        PolicyFormatException refused = Assert.Throws<PolicyFormatException>(Follow);
        Assert.Equal(($"$.version", 2, Path), (refused.Path, refused.Line, refused.File));
        Write(PolicySamples.Changed("\"requiredApprovals\": 2", "\"requiredApprovals\": 3"));
        Assert.Equal(
            "The policy FILE is refused at $.approvals, line 8: It is approved by a@example.org (sustainability), b@example.org (engineering); it must have approvals by 1 more person of 3.",
            Assert.Throws<PolicyFormatException>(Follow).Message.Replace(Path, "FILE", StringComparison.Ordinal));
        Assert.Null(_store.Current);
        Assert.Empty(_told);
    }

    [Fact]
    public void Tick_TheFileChanged_TheNewPolicyIsInForce()
    {
        Write(PolicySamples.Named("1"));
        Follow();
        Tick();
        Write(PolicySamples.Named("2"));
        Assert.Equal("1", _store.Current!.Version);
        Tick();
        Assert.Equal("2", _store.Current!.Version);
        // The same words in another layout are no change.
        Write(PolicySamples.Named("2") + "\n\n// again");
        Tick();
        Assert.Equal(["none -> 1", "1 -> 2"], _told);
    }

    /// <summary>Same length, same time of writing: only the content tells.</summary>
    [Fact]
    public void Tick_OnlyTheContentChanged_IsSeen()
    {
        Write(PolicySamples.Named("1"));
        Follow();
        DateTime written = File.GetLastWriteTimeUtc(Path);
        Write(PolicySamples.Named("2"));
        File.SetLastWriteTimeUtc(Path, written);
        Tick();
        Assert.Equal("2", _store.Current!.Version);
    }

    /// <summary>As a mounted ConfigMap changes: the file is a link through a link to a folder, and that one is replaced.</summary>
    [Fact]
    public void Tick_ALinkPointsElsewhere_IsSeen()
    {
        foreach (string version in (string[])["1", "2"])
        {
            Directory.CreateDirectory(System.IO.Path.Combine(_folder, version));
            File.WriteAllText(System.IO.Path.Combine(_folder, version, "policy.json"), PolicySamples.Named(version));
        }

        string data = System.IO.Path.Combine(_folder, "data"), fresh = System.IO.Path.Combine(_folder, "fresh");
        Directory.CreateSymbolicLink(data, "1");
        File.CreateSymbolicLink(Path, System.IO.Path.Combine("data", "policy.json"));
        Follow();
        Directory.CreateSymbolicLink(fresh, "2");
        File.Delete(data);
        Directory.Move(fresh, data);
        Tick();
        Assert.Equal("2", _store.Current!.Version);
    }

    [Fact]
    public void Tick_ABadFile_TheOldPolicyStaysAndItIsToldOnce()
    {
        Write(PolicySamples.Named("1"));
        Follow();
        BudgetPolicy before = _store.Current!;
        Write("{\n\"version\": \"2\",\n\"budgetz\": [] }");
        // Half written, perhaps: not told yet.
        Tick();
        Assert.Single(_told);
        for (int i = 0; i < 5; i++) Tick();
        Assert.Same(before, _store.Current);
        const string bad = "The policy FILE is refused at $.budgetz, line 3: It is not known; here can be $schema, version, effectiveFrom, requiredApprovals, requiredRoles, approvals, budgets, kpis, waivers, charters.";
        Assert.Equal(["none -> 1", bad], _told);
        Write("");
        Tick();
        Tick();
        Tick();
        Assert.Equal(["none -> 1", bad, "The policy FILE is refused at $, line 1: It is empty; a policy is an object."], _told);
        Write(PolicySamples.Named("2"));
        Tick();
        Assert.Equal("1 -> 2", _told[^1]);
    }

    [Fact]
    public void Tick_AHalfWrittenFile_IsReadWhenItIsWhole()
    {
        Write(PolicySamples.Named("1"));
        Follow();
        string next = PolicySamples.Named("2");
        for (int length = 0; length < next.Length; length++)
        {
            Write(next[..length]);
            Tick();
            Assert.Equal("1", _store.Current!.Version);
        }

        Write(next);
        Tick();
        Assert.Equal(["none -> 1", "1 -> 2"], _told);
    }

    [Fact]
    public void Tick_TheFileIsGone_TheOldPolicyStaysAndItIsToldOnce()
    {
        Write(PolicySamples.Named("1"));
        Follow();
        File.Delete(Path);
        Tick();
        // Some editors delete and write again.
        Assert.Single(_told);
        Tick();
        Tick();
        Assert.Equal(["none -> 1", "The policy FILE is refused at $: It does not exist; it must be a file that this process may read."], _told);
        Assert.Equal("1", _store.Current!.Version);
        Write(PolicySamples.Named("1"));
        Tick();
        Assert.Equal(2, _told.Count);
        Write(PolicySamples.Named("2"));
        Tick();
        Assert.Equal("1 -> 2", _told[^1]);
    }

    [Fact]
    public void Tick_APolicyForLater_WaitsAndTheOldOneStays()
    {
        Write(PolicySamples.Named("1"));
        Follow();
        string later = """{"version": "2", "effectiveFrom": "2026-12-01T00:01:00Z"}""";
        Write(later);
        Tick();
        Assert.Equal(("1", "2"), (_store.Current!.Version, _store.Pending!.Version));
        _time.Advance(TimeSpan.FromSeconds(54));
        Assert.Equal("1", _store.Current.Version);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("2", _store.Current.Version);
        Assert.Null(_store.Pending);
        Assert.Equal(["none -> 1", "1 -> 2"], _told);
    }

    [Fact]
    public void Tick_APolicyForLaterIsTakenBack_TheOldOneStaysForGood()
    {
        Write(PolicySamples.Named("1"));
        Follow();
        Write("""{"version": "2", "effectiveFrom": "2026-12-02T00:00:00Z"}""");
        Tick();
        Assert.NotNull(_store.Pending);
        Write(PolicySamples.Named("1"));
        Tick();
        Assert.Null(_store.Pending);
        _time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(["none -> 1"], _told);
    }

    [Fact]
    public void Tick_AnApprovalComesOfAge_ThePolicyIsInForce()
    {
        Write(PolicySamples.Named("1"));
        Follow();
        Write("""{"version": "2", "requiredApprovals": 1, "approvals": [{"role": "r", "by": "b", "at": "2026-12-01T01:00:00Z"}]}""");
        Tick();
        Tick();
        Assert.Contains("dated later than now", _told[^1], StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("2", _store.Current!.Version);
        Assert.Equal(3, _told.Count);
    }

    [Fact]
    public void Set_APolicyOfCode_IsCheckedCopiedAndInForce()
    {
        List<BudgetDefinition> budgets = [PolicySamples.Budget("a")];
        _store.Set(new() { Version = "1", Budgets = budgets });
        budgets.Add(PolicySamples.Budget("b"));
        Assert.Single(_store.Current!.Budgets);
        Assert.Equal(
            "The policy is refused at $.budgets[1].id: It is \"a\", which is the id of $.budgets[0] already; it must be another.",
            Assert.Throws<PolicyFormatException>(() => _store.Set(new() { Version = "2", Budgets = [PolicySamples.Budget("a"), PolicySamples.Budget("a")] })).Message);
        Assert.Equal(
            "The policy is refused at $.approvals: Nobody has approved it; it must have approvals by 1 more person of 1.",
            Assert.Throws<PolicyFormatException>(() => _store.Set(new() { Version = "2", RequiredApprovals = 1 })).Message);
        _store.Set(new() { Version = "2", EffectiveFrom = _time.GetUtcNow().AddMinutes(1) });
        Assert.Equal("1", _store.Current.Version);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("2", _store.Current.Version);
    }

    [Fact]
    public void Tick_ACallbackThrows_IsKeptAndThePolicyIsInForce()
    {
        _store.Changed += (_, _) => throw new InvalidTimeZoneException("mine");
        Write(PolicySamples.Named("1"));
        Follow();
        Assert.Equal("1", _store.Current!.Version);
        Assert.IsType<InvalidTimeZoneException>(_store.Failure);
        Write(PolicySamples.Named("2"));
        Tick();
        Assert.Equal("2", _store.Current!.Version);
    }

    [Fact]
    public void Dispose_NoMoreLooks()
    {
        Write(PolicySamples.Named("1"));
        Follow();
        _store.Dispose();
        Write(PolicySamples.Named("2"));
        Tick();
        _store.Look();
        Assert.Equal("1", _store.Current!.Version);
    }

    /// <summary>Whatever writers and looks do at the same time, a reader has one whole policy, and what is told is in order.</summary>
    [Fact]
    public async Task Look_WhileOthersWriteAndSet_ReadersSeeWholePolicies()
    {
        _store.Set(Whole(0));
        using CancellationTokenSource done = new();
        Task reader = Task.Run(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    BudgetPolicy policy = _store.Current!;
                    Assert.All(policy.Budgets, budget => Assert.Equal(policy.Version, budget.Id[..policy.Version.Length]));
                }
            },
            TestContext.Current.CancellationToken);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(
            () =>
            {
                for (int i = 0; i < 50; i++)
                {
                    _store.Set(Whole((writer * 50) + i + 1));
                    _store.Look();
                }
            },
            TestContext.Current.CancellationToken)));
        await done.CancelAsync();
        await reader;
        Assert.Equal(201, _told.Count);
        for (int i = 1; i < _told.Count; i++) Assert.StartsWith(_told[i - 1].Split(" -> ")[1] + " -> ", _told[i], StringComparison.Ordinal);
    }

    private static BudgetPolicy Whole(int number) => new()
    {
        Version = FormattableString.Invariant($"v{number:000}"),
        Budgets = [PolicySamples.Budget(FormattableString.Invariant($"v{number:000}-a")), PolicySamples.Budget(FormattableString.Invariant($"v{number:000}-b"))],
    };

    private void Follow() => _store.Follow(new PolicyFile(Path));

    private void Write(string json) => File.WriteAllText(Path, json);

    private void Tick() => _time.Advance(_interval);
}
