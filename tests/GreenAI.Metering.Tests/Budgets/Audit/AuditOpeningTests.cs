using System.Text;
using System.Text.Json;

namespace GreenAI.Metering.Tests;

/// <summary>What a log makes of a folder that it finds: after a crash it repairs, after a change by others it says so.</summary>
public sealed class AuditOpeningTests
{
    [Theory]
    [InlineData("{\"seq\":7,\"time\":\"20")]
    [InlineData("\0\0\0\0\0\0")]
    public async Task TornLine_IsMovedAside_ToldInTheNextRecord_AndTheChainGoesOn(string torn)
    {
        using AuditRig rig = new();
        await rig.WriteAsync(5);
        await File.AppendAllTextAsync(rig.PathOf(1), torn, TestContext.Current.CancellationToken);
        AuditVerification before = await rig.VerifyAsync();
        Assert.Equal([(AuditProblemKind.Torn, 7L)], before.Problems.Select(problem => (problem.Kind, problem.Line)));
        await rig.WriteAsync(2);
        AuditVerification after = await rig.VerifyAsync();
        Assert.Empty(after.Problems);
        Assert.Equal(9, after.Records);
        Assert.Equal(torn, await File.ReadAllTextAsync(Path.Combine(rig.Folder, "audit-000001.torn"), TestContext.Current.CancellationToken));
        using JsonDocument record = JsonDocument.Parse(rig.Lines(2)[0]);
        Assert.Equal(("audit-000001.torn", torn.Length), (record.RootElement.GetProperty("tornFile").GetString(), record.RootElement.GetProperty("tornBytes").GetInt32()));
        Assert.False(record.RootElement.TryGetProperty("break", out _));
        Assert.Contains(rig.Logs.Lines, line => line.Contains("was not whole", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TornEnd_ChangedAfterwards_IsFound()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(5);
        await File.AppendAllTextAsync(rig.PathOf(1), "{", TestContext.Current.CancellationToken);
        await rig.WriteAsync(2);
        await File.WriteAllTextAsync(Path.Combine(rig.Folder, "audit-000001.torn"), "[", TestContext.Current.CancellationToken);
        AuditProblem problem = Assert.Single((await rig.VerifyAsync()).Problems);
        Assert.Equal((AuditProblemKind.Altered, "audit-000002.jsonl", 1L), (problem.Kind, problem.File, problem.Line));
    }

    [Fact]
    public async Task AnchorBehind_AsAfterACrash_IsNoProblem()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(2);
        string anchor = Path.Combine(rig.Folder, "audit.head"), old = await File.ReadAllTextAsync(anchor, TestContext.Current.CancellationToken);
        await rig.WriteAsync(5);
        await File.WriteAllTextAsync(anchor, old, TestContext.Current.CancellationToken);
        Assert.Empty((await rig.VerifyAsync()).Problems);
        await rig.WriteAsync(1);
        Assert.Empty((await rig.VerifyAsync()).Problems);
    }

    [Fact]
    public async Task Crash_AtAnyByteAfterTheAnchor_IsRepaired_AndNoBreak()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(2);
        string anchor = Path.Combine(rig.Folder, "audit.head"), old = await File.ReadAllTextAsync(anchor, TestContext.Current.CancellationToken);
        await rig.WriteAsync(3);
        byte[] second = await File.ReadAllBytesAsync(rig.PathOf(2), TestContext.Current.CancellationToken), first = await File.ReadAllBytesAsync(rig.PathOf(1), TestContext.Current.CancellationToken);
        for (int at = 0; at <= second.Length; at += at < second.Length - 5 ? 23 : 1)
        {
            using AuditRig crashed = new();
            Directory.CreateDirectory(crashed.Folder);
            await File.WriteAllBytesAsync(crashed.PathOf(1), first, TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(crashed.PathOf(2), second[..at], TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(crashed.Folder, "audit.head"), old, TestContext.Current.CancellationToken);
            await crashed.WriteAsync(1);
            AuditVerification verification = await crashed.VerifyAsync();
            Assert.True(verification.IsIntact, $"Cut at byte {at}: {string.Join("; ", verification.Problems)}");
            Assert.Equal(3 + second.AsSpan(0, at).Count((byte)'\n') + 2, verification.Records);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"seq\":1,")]
    public async Task FileWithoutItsFirstRecord_IsBegunAgain(string content)
    {
        using AuditRig rig = new();
        await rig.WriteAsync(3);
        await File.WriteAllTextAsync(rig.PathOf(2), content, TestContext.Current.CancellationToken);
        await rig.WriteAsync(3);
        AuditVerification verification = await rig.VerifyAsync();
        Assert.Empty(verification.Problems);
        Assert.Equal(2, Directory.GetFiles(rig.Folder, "*.jsonl").Length);
    }

    [Fact]
    public async Task Folder_ChangedByOthers_IsNotContinuedSilently()
    {
        (string Name, Action<AuditRig> Change)[] changes =
        [
            ("cut", rig => File.WriteAllLines(rig.PathOf(2), rig.Lines(2)[..^1])),
            ("all lines cut", rig => File.WriteAllText(rig.PathOf(2), "")),
            ("altered", rig => File.WriteAllText(rig.PathOf(2), File.ReadAllText(rig.PathOf(2)).Replace("of 40 g", "of 99 g", StringComparison.Ordinal))),
            ("anchor removed", rig => File.Delete(Path.Combine(rig.Folder, "audit.head"))),
            ("anchor of another chain", rig => File.WriteAllText(Path.Combine(rig.Folder, "audit.head"), AuditAnchor.Text(new(3, new('a', 64))))),
            ("anchor nonsense", rig => File.WriteAllText(Path.Combine(rig.Folder, "audit.head"), "nonsense")),
            ("last file removed", rig => File.Delete(rig.PathOf(2))),
            ("all files removed", rig => { File.Delete(rig.PathOf(1)); File.Delete(rig.PathOf(2)); }),
            ("all files and the anchor removed", rig => { File.Delete(rig.PathOf(1)); File.Delete(rig.PathOf(2)); File.Delete(Path.Combine(rig.Folder, "audit.head")); }),
            ("cut to the first record, the anchor removed", rig =>
            {
                File.WriteAllText(rig.PathOf(1), rig.Lines(1)[0] + "\n");
                File.Delete(rig.PathOf(2));
                File.Delete(Path.Combine(rig.Folder, "audit.head"));
            }),
        ];
        foreach ((string name, Action<AuditRig> change) in changes)
        {
            using AuditRig rig = new();
            await rig.WriteAsync(4, 4);
            change(rig);
            await rig.WriteAsync(1);
            AuditVerification verification = await rig.VerifyAsync();
            Assert.True(verification.Problems.Any(problem => problem.Kind == AuditProblemKind.Break), $"{name}: {string.Join("; ", verification.Problems)}");
            Assert.Contains(rig.Logs.Lines, line => line.Contains("was changed by others", StringComparison.Ordinal));
            // It goes on after what it knew of: the next opening finds nothing new.
            await rig.WriteAsync(1);
            AuditVerification again = await rig.VerifyAsync();
            Assert.Equal((name, verification.ProblemCount), (name, again.ProblemCount));
            Assert.Equal(verification.Records + 2, again.Records);
        }
    }

    [Fact]
    public async Task Expected_HeadKeptElsewhere_FindsAChainThatWasWrittenAnew()
    {
        using AuditRig one = new(), other = new();
        await one.WriteAsync(5);
        await other.WriteAsync(6);
        AuditHead kept = (await one.VerifyAsync()).Head;
        CancellationToken token = TestContext.Current.CancellationToken;
        Assert.Empty((await AuditLog.VerifyAsync(one.Folder, kept, token)).Problems);
        await one.WriteAsync(5);
        Assert.Empty((await AuditLog.VerifyAsync(one.Folder, kept, token)).Problems);
        // The other one's times and texts are the same, and so is its chain as far as it goes.
        Assert.Empty((await AuditLog.VerifyAsync(other.Folder, kept, token)).Problems);
        AuditProblem foreign = Assert.Single((await AuditLog.VerifyAsync(other.Folder, new(6, new('b', 64)), token)).Problems);
        Assert.Equal((AuditProblemKind.ForeignHead, 6L), (foreign.Kind, foreign.Line));
        AuditProblem ahead = Assert.Single((await AuditLog.VerifyAsync(other.Folder, new(70, kept.Hash), token)).Problems);
        Assert.Equal((AuditProblemKind.Truncated, 8L, 8L), (ahead.Kind, ahead.Line, ahead.Sequence));
    }

    [Fact]
    public async Task Verify_NoFolder_Throws_EmptyFolder_IsNoLog()
    {
        using AuditRig rig = new();
        await Assert.ThrowsAsync<DirectoryNotFoundException>(rig.VerifyAsync);
        Directory.CreateDirectory(rig.Folder);
        AuditVerification verification = await rig.VerifyAsync();
        Assert.Equal((0, "There is no audit log: the folder holds no record."), (verification.Records, Assert.Single(verification.Problems).Message));
    }

    [Fact]
    public async Task Verify_AllRemovedButTheLock_SaysSo()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(20);
        File.Delete(rig.PathOf(1));
        File.Delete(Path.Combine(rig.Folder, AuditFolder.HeadName));
        AuditProblem problem = Assert.Single((await rig.VerifyAsync()).Problems);
        Assert.Equal((AuditProblemKind.Missing, AuditFolder.LockName), (problem.Kind, problem.File));
        Assert.Contains("all of it was removed", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Crash_BeforeTheLogIsBegun_IsNoBreak(bool hasFile, bool hasAnchor)
    {
        using AuditRig rig = new();
        await rig.WriteAsync(0);
        await File.WriteAllTextAsync(Path.Combine(rig.Folder, AuditFolder.LockName), "", TestContext.Current.CancellationToken);
        if (!hasFile) File.Delete(rig.PathOf(1));
        if (!hasAnchor) File.Delete(Path.Combine(rig.Folder, AuditFolder.HeadName));
        await rig.WriteAsync(3);
        AuditVerification verification = await rig.VerifyAsync();
        Assert.Empty(verification.Problems);
        Assert.Equal(hasFile ? 5 : 4, verification.Records);
    }

    [Fact]
    public async Task Anchor_CannotBeWritten_NothingFollowsTheFirstRecord()
    {
        using AuditRig rig = new();
        Directory.CreateDirectory(Path.Combine(rig.Folder, AuditFolder.HeadName));
        await using AuditLog log = rig.Open();
        Assert.True(log.TryAppend(AuditRig.Event(1)));
        await AuditRig.UntilAsync(() => !log.IsHealthy);
        for (int i = 0; i < 200; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            Assert.InRange(log.Head.Sequence, 0, 1);
        }

        Directory.Delete(Path.Combine(rig.Folder, AuditFolder.HeadName));
        await AuditRig.UntilAsync(() =>
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            return log.IsHealthy;
        });
        await log.DisposeAsync();
        AuditVerification verification = await rig.VerifyAsync();
        Assert.Empty(verification.Problems);
        Assert.Equal(2, verification.Records);
    }

    [Fact]
    public void Anchor_AnyByteChanged_IsNone()
    {
        byte[] text = Encoding.ASCII.GetBytes(AuditAnchor.Text(new(120, new string('a', 64))));
        Assert.Equal(new AuditHead(120, new string('a', 64)), AuditAnchor.Parse(text));
        for (int i = 0; i < text.Length; i++)
        {
            byte[] changed = [.. text];
            changed[i] ^= 1;
            Assert.NotEqual(new AuditHead(120, new string('a', 64)), AuditAnchor.Parse(changed));
            Assert.Null(AuditAnchor.Parse(text.AsSpan(0, i)));
        }
    }
}
