using System.Text.Json;

namespace GreenAI.Metering.Tests;

/// <summary>Disks that are full, queues that are full: nothing is thrown, nothing vanishes silently.</summary>
public sealed class AuditFaultTests
{
    [Fact]
    public async Task DiskFull_IsLoggedOnce_ThenAllIsWrittenAndTheLossIsTold()
    {
        using AuditRig rig = new();
        AuditLogOptions options = rig.Options;
        options.QueueCapacity = 8;
        FaultyDisk disk = new();
        await using AuditLog log = rig.Open(disk.Open, options);
        await log.FlushAsync(TestContext.Current.CancellationToken);
        disk.Room = 100;
        int taken = 0;
        for (int i = 0; i < 1000; i++) taken += log.TryAppend(AuditRig.Event(i)) ? 1 : 0;
        await AuditRig.UntilAsync(() => !log.IsHealthy);
        for (int i = 0; i < 2000; i++) taken += log.TryAppend(AuditRig.Event(i)) ? 1 : 0;
        Assert.Equal(3000 - taken, log.Lost);
        Assert.InRange(log.Lost, 1000, 3000);
        Assert.Contains("full", log.Problem, StringComparison.Ordinal);
        for (int i = 0; i < 5; i++) rig.Time.Advance(TimeSpan.FromSeconds(1));
        disk.Room = long.MaxValue;
        await AuditRig.UntilAsync(() =>
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            return log.IsHealthy;
        });
        long lost = log.Lost;
        await log.DisposeAsync();

        AuditVerification verification = await rig.VerifyAsync();
        Assert.Empty(verification.Problems);
        Assert.Equal(lost, rig.Lines(1).Sum(LostOf));
        Assert.Equal(taken, rig.Lines(1).Count(line => line.Contains("\"rule\"", StringComparison.Ordinal)));
        Assert.Single(rig.Logs.Lines, line => line.Contains("cannot be written", StringComparison.Ordinal));
        Assert.Single(rig.Logs.Lines, line => line.Contains("is written again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Event_ThatCannotBeWritten_TakesNoOtherWithIt()
    {
        using AuditRig rig = new();
        await using AuditLog log = rig.Open();
        for (int i = 0; i < 4; i++) log.TryAppend(AuditRig.Event(i));
        log.TryAppend(new BudgetEvent { Kind = BudgetEventKind.VerdictChanged, Time = AuditRig.Start, Reason = null! });
        log.TryAppend(AuditRig.Event(4));
        await log.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1, true, 1 + 5), (log.Lost, log.IsHealthy, log.Head.Sequence));
    }

    [Fact]
    public async Task DiskFull_ToTheEnd_EndsAndCountsWhatIsLost()
    {
        using AuditRig rig = new();
        FaultyDisk disk = new();
        AuditLog log = rig.Open(disk.Open);
        await log.FlushAsync(TestContext.Current.CancellationToken);
        disk.Room = 0;
        for (int i = 0; i < 300; i++) Assert.True(log.TryAppend(AuditRig.Event(i)));
        await log.DisposeAsync();
        Assert.Equal((300, false), (log.Lost, log.IsHealthy));
        Assert.Contains(rig.Logs.Lines, line => line.Contains("300 event(s) that could not be written", StringComparison.Ordinal));
        AuditVerification verification = await rig.VerifyAsync();
        Assert.Empty(verification.Problems);
        Assert.Equal(1, verification.Records);
    }

    [Fact]
    public async Task Folder_ThatCannotBeMade_IsAStateAndNoException_AndTriedAgain()
    {
        using AuditRig rig = new();
        await File.WriteAllTextAsync(rig.Folder, "a file where the folder should be", TestContext.Current.CancellationToken);
        await using AuditLog log = rig.Open();
        Assert.True(log.TryAppend(AuditRig.Event(1)));
        await AuditRig.UntilAsync(() => !log.IsHealthy);
        File.Delete(rig.Folder);
        await AuditRig.UntilAsync(() =>
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            return log.IsHealthy;
        });
        await log.DisposeAsync();
        Assert.Equal(2, (await rig.VerifyAsync()).Records);
    }

    [Fact]
    public async Task QueueFull_LossWithoutAnEventAfterIt_GetsARecordOfItsOwn()
    {
        using AuditRig rig = new();
        AuditLogOptions options = rig.Options;
        options.QueueCapacity = 1;
        FaultyDisk disk = new();
        await using (AuditLog log = rig.Open(disk.Open, options))
        {
            await log.FlushAsync(TestContext.Current.CancellationToken);
            disk.Hold();
            // One is being written; the next ones wait or are lost.
            Assert.True(log.TryAppend(AuditRig.Event(0)));
            await AuditRig.UntilAsync(() => disk.IsHolding);
            Assert.True(log.TryAppend(AuditRig.Event(1)));
            for (int i = 0; i < 10; i++) Assert.False(log.TryAppend(AuditRig.Event(2)));
            disk.Release();
        }

        Assert.Equal(10, rig.Lines(1).Sum(LostOf));
        Assert.Empty((await rig.VerifyAsync()).Problems);
    }

    [Fact]
    public async Task File_CutWhileItCouldNotBeWritten_IsABreak()
    {
        using AuditRig rig = new();
        FaultyDisk disk = new();
        await using AuditLog log = rig.Open(disk.Open);
        for (int i = 0; i < 10; i++) log.TryAppend(AuditRig.Event(i));
        await log.FlushAsync(TestContext.Current.CancellationToken);
        disk.Room = 0;
        log.TryAppend(AuditRig.Event(10));
        await AuditRig.UntilAsync(() => !log.IsHealthy);
        string[] lines = rig.Lines(1);
        await File.WriteAllTextAsync(rig.PathOf(1), string.Join('\n', lines[..5]) + "\n", TestContext.Current.CancellationToken);
        disk.Room = long.MaxValue;
        await AuditRig.UntilAsync(() =>
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            return log.IsHealthy;
        });
        await log.DisposeAsync();
        AuditVerification verification = await rig.VerifyAsync();
        Assert.Contains(verification.Problems, problem => problem.Kind == AuditProblemKind.Break && problem.File == "audit-000002.jsonl");
    }

    private static long LostOf(string line)
    {
        using JsonDocument record = JsonDocument.Parse(line);
        return record.RootElement.TryGetProperty("lost", out JsonElement lost) ? lost.GetInt64() : 0;
    }
}
