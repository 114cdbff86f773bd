namespace GreenAI.Metering.Tests;

/// <summary>Streams that fail, hang or fall behind never reach the meter; files are made as the options say.</summary>
public sealed class TraceStreamTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("greenai-trace-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Stream_Throws_RecordingEndsWithOneLine_MeteringGoesOn()
    {
        using var full = new GatedStream { Throws = true };
        full.Open();
        using TraceRig rig = new(trace: full);
        for (int i = 0; i < 50; i++)
        {
            rig.Meter.Begin("m").Complete();
            rig.Run(1_500_000_000, 10);
            rig.Meter.Engine.Tick();
        }

        rig.Meter.Dispose();
        Assert.Equal(50, rig.Meter.GetTotals().Model("m")!.Inferences);
        Assert.Single(rig.Logs.Lines, line => line.Contains("The trace cannot be written", StringComparison.Ordinal));
    }

    [Fact]
    public void Stream_Stands_ClosesGoOn_TraceIsCutAndSaysSo()
    {
        using var slow = new GatedStream();
        using TraceRig rig = new(new GreenAIMeteringOptions { MaxScopes = 16_384, ObserverQueueCapacity = 1 << 20 }, slow);
        InferenceScope[] open = [.. Enumerable.Range(0, 12_000).Select(_ => rig.Meter.Begin("m"))];
        int closes = 0;
        // Each close records thousands of changes, 16 MB in all before the recording is given up.
        for (; closes < 130; closes++)
        {
            rig.Meter.Begin("brief").Complete();
            foreach (InferenceScope scope in open)
            {
                if (closes % 2 == 0) scope.Suspend();
                else scope.Resume();
            }

            rig.Run(100_000_000, 10);
            rig.Meter.Engine.Tick();
        }

        // The trace holds what was recorded before, up to a whole close.
        slow.Open();
        foreach (InferenceScope scope in open) scope.Complete();
        rig.Run(100_000_000, 10);
        rig.Meter.Engine.Tick();
        IReadOnlyList<InferenceFootprint> finals = Finish(rig);
        Assert.Contains(rig.Logs.Lines, line => line.Contains("The trace is written too slowly", StringComparison.Ordinal));
        slow.Position = 0;
        var replayed = new CollectingObserver();
        TraceReplayResult result = TraceReplay.Run(slow, [replayed]);
        Assert.False(result.IsComplete);
        Assert.Null(result.MatchesRecording);
        Assert.InRange(result.Closes, 20, closes - 1);
        Assert.InRange(slow.Length, 15 << 20, TraceWriter.MaxSegments * TraceFormat.BlockSize * 2);
        Assert.InRange(replayed.All.Count, 20, closes - 1);
        TraceAssert.Same([.. finals.Take(replayed.All.Count)], replayed.All);
    }

    [Fact]
    public async Task TraceFile_IsMadeNew_ForThisUserOnly_AndReplays()
    {
        string path = Path.Combine(_folder.FullName, "trace-{time}.bin");
        TraceRig rig = new(new GreenAIMeteringOptions { TraceFile = path });
        rig.Meter.Begin("m").Complete();
        rig.Run(100_000_000, 10);
        await rig.Meter.DisposeAsync();
        rig.Dispose();
        FileInfo file = Assert.Single(_folder.GetFiles());
        Assert.Matches("^trace-[0-9]{8}T[0-9]{6}Z.bin$", file.Name);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
        await using FileStream trace = file.OpenRead();
        Assert.Equal(1, TraceReplay.Run(trace).Footprints);
    }

    [Fact]
    public void TraceFile_ThatExists_IsRefused_NamingTheKey()
    {
        string path = Path.Combine(_folder.FullName, "taken");
        File.WriteAllText(path, "");
        Assert.StartsWith($"GreenAI:TraceFile is '{path}', which exists already; name another, or put {{time}} into the name", Refused(path), StringComparison.Ordinal);
    }

    [Fact]
    public void TraceFile_InAFolderThatIsNotThere_IsRefused_NamingTheKey()
    {
        string path = Path.Combine(_folder.FullName, "none", "trace");
        Assert.StartsWith($"GreenAI:TraceFile is '{path}'; its folder {Path.GetDirectoryName(path)} does not exist.", Refused(path), StringComparison.Ordinal);
    }

    [Fact]
    public void TraceFile_WithAStreamToo_IsRefused() => Assert.StartsWith(
        "GreenAI:TraceFile is ",
        Assert.Throws<ArgumentException>("options", () => new TraceRig(
            new GreenAIMeteringOptions { TraceFile = Path.Combine(_folder.FullName, "both") }, Stream.Null)).Message,
        StringComparison.Ordinal);

    private static string Refused(string path) =>
        Assert.ThrowsAny<ArgumentException>(() => new EnergyMeter(new GreenAIMeteringOptions { TraceFile = path })).Message;

    private static IReadOnlyList<InferenceFootprint> Finish(TraceRig rig)
    {
        rig.Meter.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return rig.Finals.All;
    }
}
