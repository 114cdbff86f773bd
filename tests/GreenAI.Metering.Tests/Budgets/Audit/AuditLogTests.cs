using System.Text.Json;

namespace GreenAI.Metering.Tests;

/// <summary>What is appended is written, chained, rotated and anchored.</summary>
public sealed class AuditLogTests
{
    [Fact]
    public async Task Append_ThenDispose_IsIntactAndAnchored()
    {
        using AuditRig rig = new();
        AuditLog log = rig.Open();
        for (int i = 0; i < 100; i++) Assert.True(log.TryAppend(AuditRig.Event(i)));
        await log.DisposeAsync();
        AuditVerification verification = await rig.VerifyAsync();
        Assert.Empty(verification.Problems);
        Assert.True(verification.IsIntact);
        Assert.Equal(101, verification.Records);
        Assert.Equal((log.Head, 101), (verification.Head, verification.Head.Sequence));
        Assert.Equal(AuditAnchor.Text(log.Head), await File.ReadAllTextAsync(Path.Combine(rig.Folder, "audit.head"), TestContext.Current.CancellationToken));
        Assert.Equal((0, true, null), (log.Lost, log.IsHealthy, log.Problem));
    }

    [Fact]
    public async Task Record_HoldsTheEventTheStatusAndThePolicy()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(8);
        using JsonDocument record = JsonDocument.Parse(rig.Lines(1)[8]);
        JsonElement root = record.RootElement, status = root.GetProperty("status");
        Assert.Equal(
            (9L, "ledgerLost", "2026-11-29T12:00:07+00:00", "resnet50-month", "warn", 7L),
            (root.GetProperty("seq").GetInt64(), root.GetProperty("kind").GetString(), root.GetProperty("time").GetString(), root.GetProperty("rule").GetString(),
                root.GetProperty("verdict").GetString(), root.GetProperty("count").GetInt64()));
        Assert.Equal(("sha256:abc", "Spend is 7 g of 40 g."), (root.GetProperty("policy").GetString(), root.GetProperty("reason").GetString()));
        Assert.Equal((4e7, 7d, "microgramsCO2e"), (status.GetProperty("limit").GetDouble(), status.GetProperty("spent").GetDouble(), status.GetProperty("unit").GetString()));
        Assert.Equal(14.4, status.GetProperty("burnRates")[0].GetProperty("rate").GetDouble());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("forecast").ValueKind);
        Assert.Equal(["seq", "time", "kind", "rule", "verdict"], root.EnumerateObject().Take(5).Select(property => property.Name));
        Assert.Equal(["policy", "prev", "hash"], root.EnumerateObject().TakeLast(3).Select(property => property.Name));
    }

    [Fact]
    public async Task Start_Again_GoesOnWithTheChainInANewFile()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(3, 2);
        using JsonDocument first = JsonDocument.Parse(rig.Lines(2)[0]);
        JsonElement root = first.RootElement;
        Assert.Equal(
            ("file", "audit-000002.jsonl", "audit-000001.jsonl", 4, "start"),
            (root.GetProperty("kind").GetString(), root.GetProperty("file").GetString(), root.GetProperty("previousFile").GetString(), root.GetProperty("previousSeq").GetInt32(), root.GetProperty("reason").GetString()));
        using JsonDocument last = JsonDocument.Parse(rig.Lines(1)[^1]);
        Assert.Equal(last.RootElement.GetProperty("hash").GetString(), root.GetProperty("previousHash").GetString());
        AuditVerification verification = await rig.VerifyAsync();
        Assert.Empty(verification.Problems);
        Assert.Equal(7, verification.Records);
    }

    [Fact]
    public async Task FullFile_IsFollowedByAnother_NoneIsLonger()
    {
        using AuditRig rig = new();
        AuditLogOptions options = rig.Options;
        options.MaxFileBytes = 1 << 18;
        await using (AuditLog log = rig.Open(options))
        {
            for (int i = 0; i < 1000; i++) Assert.True(log.TryAppend(AuditRig.Event(i, new string('x', 1000))));
        }

        FileInfo[] files = [.. new DirectoryInfo(rig.Folder).GetFiles("*.jsonl")];
        Assert.InRange(files.Length, 6, 12);
        Assert.All(files, file => Assert.InRange(file.Length, 1, 1 << 18));
        AuditVerification verification = await rig.VerifyAsync();
        Assert.Empty(verification.Problems);
        Assert.Equal(1000 + files.Length, verification.Records);
    }

    [Fact]
    public async Task Interval_Passes_AnchorNamesWhatWasWritten()
    {
        using AuditRig rig = new();
        await using AuditLog log = rig.Open();
        await log.FlushAsync(TestContext.Current.CancellationToken);
        Assert.True(log.TryAppend(AuditRig.Event(1)));
        await AuditRig.UntilAsync(() => log.Head.Sequence == 2);
        Assert.Equal(1, AuditAnchor.Read(rig.Folder, out _)!.Value.Sequence);
        await AuditRig.UntilAsync(() =>
        {
            // The log may not have begun to wait for its clock yet.
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            return AuditAnchor.Read(rig.Folder, out _)!.Value.Sequence == 2;
        });
    }

    [Fact]
    public async Task OpenTwice_IsRefusedWithTheFolder_AndPossibleAfterwards()
    {
        using AuditRig rig = new();
        AuditLog log = rig.Open();
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => rig.Open());
        Assert.Contains(rig.Folder, refused.Message, StringComparison.Ordinal);
        Assert.Contains("another log", refused.Message, StringComparison.Ordinal);
        await log.DisposeAsync();
        await rig.Open().DisposeAsync();
        Assert.Empty((await rig.VerifyAsync()).Problems);
    }

    [Fact]
    public async Task Files_OnUnix_AreForThisUserOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix modes.");
        using AuditRig rig = new();
        await rig.WriteAsync(1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(rig.Folder).UnixFileMode);
        Assert.All(Directory.GetFiles(rig.Folder), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode));
        Assert.Equal(3, Directory.GetFiles(rig.Folder).Length);
    }

    [Fact]
    public async Task Append_AfterTheEnd_IsCountedAndNotTaken()
    {
        using AuditRig rig = new();
        AuditLog log = rig.Open();
        await log.DisposeAsync();
        await log.DisposeAsync();
        Assert.False(log.TryAppend(AuditRig.Event(1)));
        Assert.Equal(1, log.Lost);
        await log.FlushAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task HostileTexts_AreCutAndKept_TheLineIsWithinItsBound()
    {
        using AuditRig rig = new();
        string wild = new('\u0001', 100_000), torn = new string('a', 2046) + "😀😀", lone = "\ud800 x\n\"}";
        await using (AuditLog log = rig.Open())
        {
            foreach (string reason in new[] { wild, torn, lone })
            {
                Assert.True(log.TryAppend(new BudgetEvent
                {
                    Kind = BudgetEventKind.Decisions,
                    Time = DateTimeOffset.MaxValue,
                    Reason = reason,
                    Rule = wild,
                    Part = wild,
                    Model = wild,
                    Tenant = wild,
                    Waiver = wild,
                    PolicyHash = wild,
                    Status = new() { Budget = wild, Part = wild, Waiver = wild, Reason = wild, Kind = BudgetKind.Energy, Limit = double.NaN, BurnRates = [.. Enumerable.Repeat(new BurnRate(TimeSpan.MaxValue, double.PositiveInfinity), 1000)] },
                }));
            }
        }

        AuditVerification verification = await rig.VerifyAsync();
        Assert.Empty(verification.Problems);
        Assert.Equal(4, verification.Records);
        Assert.All(rig.Lines(1), line => Assert.InRange(line.Length, 1, AuditFormat.MaxLineBytes));
        using JsonDocument record = JsonDocument.Parse(rig.Lines(1)[3]);
        Assert.Equal("\ufffd x\n\"}", record.RootElement.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Options_OutOfRange_AreRefusedByName()
    {
        using AuditRig rig = new();
        (Action<AuditLogOptions> Change, string Text)[] cases =
        [
            (options => options.Folder = " ", "Folder"),
            (options => options.MaxFileBytes = 1, "MaxFileBytes of the audit log is 1; it must be from 262144 to 4294967296."),
            (options => options.QueueCapacity = 0, "QueueCapacity of the audit log is 0; it must be from 1 to 1048576."),
            (options => options.FlushInterval = TimeSpan.Zero, "FlushInterval of the audit log is 00:00:00; it must be from 00:00:00.010 to 00:01:00."),
        ];
        foreach ((Action<AuditLogOptions> change, string text) in cases)
        {
            AuditLogOptions options = rig.Options;
            change(options);
            Assert.Contains(text, Assert.ThrowsAny<ArgumentException>(() => rig.Open(options)).Message, StringComparison.Ordinal);
        }

        AuditLogOptions standard = new();
        Assert.Equal((64L << 20, 4096, TimeSpan.FromSeconds(1), true), (standard.MaxFileBytes, standard.QueueCapacity, standard.FlushInterval, standard.FlushesToDisk));
        await rig.Open().DisposeAsync();
    }

    [Fact]
    public async Task Export_OfATime_IsTheRecordsAsTheyAre()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(500, 500);
        using MemoryStream all = new(), some = new();
        Assert.True((await AuditLog.ExportAsync(rig.Folder, all, cancellationToken: TestContext.Current.CancellationToken)).IsIntact);
        Assert.Equal([.. File.ReadAllBytes(rig.PathOf(1)), .. File.ReadAllBytes(rig.PathOf(2))], all.ToArray());
        await AuditLog.ExportAsync(rig.Folder, some, AuditRig.Start.AddSeconds(10), AuditRig.Start.AddSeconds(12), TestContext.Current.CancellationToken);
        Assert.Equal($"{rig.Lines(1)[11]}\n{rig.Lines(1)[12]}\n", System.Text.Encoding.UTF8.GetString(some.ToArray()));
    }

    [Fact]
    public async Task Export_IntoAStreamThatFails_ThrowsWhatItThrew()
    {
        using AuditRig rig = new();
        await rig.WriteAsync(500);
        await using FaultyDisk.FullStream full = new();
        IOException thrown = await Assert.ThrowsAsync<IOException>(() => AuditLog.ExportAsync(rig.Folder, full, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal("The disk is full.", thrown.Message);
    }

    [Fact]
    public async Task Event_ThatCannotBeWritten_IsCounted_AndDoesNotHoldUpTheNext()
    {
        using AuditRig rig = new();
        AuditLog log = rig.Open();
        Assert.True(log.TryAppend(new() { Kind = BudgetEventKind.Decisions, Time = AuditRig.Start, Reason = null! }));
        Assert.True(log.TryAppend(AuditRig.Event(1)));
        await log.FlushAsync(TestContext.Current.CancellationToken);
        await log.DisposeAsync();
        Assert.Equal((1, true, 2), (log.Lost, log.IsHealthy, log.Head.Sequence));
        Assert.Contains("\"lost\":1,", rig.Lines(1)[^1], StringComparison.Ordinal);
        Assert.Contains(rig.Logs.Lines, line => line.Contains("could not be made a record", StringComparison.Ordinal));
        Assert.Empty((await rig.VerifyAsync()).Problems);
    }

    [Fact]
    public async Task Append_AllocatesNothing()
    {
        using AuditRig rig = new();
        AuditLogOptions options = rig.Options;
        options.QueueCapacity = 1;
        FaultyDisk disk = new();
        await using AuditLog log = rig.Open(disk.Open, options);
        await log.FlushAsync(TestContext.Current.CancellationToken);
        disk.Hold();
        log.TryAppend(AuditRig.Event(0));
        await AuditRig.UntilAsync(() => disk.IsHolding);
        BudgetEvent happened = AuditRig.Event(1);
        log.TryAppend(happened);
        AllocationAssert.Zero(() => log.TryAppend(happened));
        disk.Release();
    }

    [Fact]
    public async Task Appenders_Many_LoseNothingAndKeepTheirOrder()
    {
        using AuditRig rig = new();
        AuditLogOptions options = rig.Options;
        options.QueueCapacity = 1 << 16;
        const int Appenders = 4, Each = 2000;
        await using (AuditLog log = rig.Open(options))
        {
            await Task.WhenAll(Enumerable.Range(0, Appenders).Select(appender => Task.Run(() =>
            {
                for (int i = 0; i < Each; i++) Assert.True(log.TryAppend(new() { Kind = BudgetEventKind.Decisions, Time = AuditRig.Start, Rule = $"{appender}", Count = i + 1, Reason = "." }));
            })));
        }

        Assert.Empty((await rig.VerifyAsync()).Problems);
        int[] next = new int[Appenders];
        foreach (string line in rig.Lines(1).Skip(1))
        {
            using JsonDocument record = JsonDocument.Parse(line);
            int appender = int.Parse(record.RootElement.GetProperty("rule").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(++next[appender], record.RootElement.GetProperty("count").GetInt32());
        }

        Assert.All(next, count => Assert.Equal(Each, count));
    }
}
