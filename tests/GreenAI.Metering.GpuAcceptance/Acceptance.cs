namespace GreenAI.Metering.GpuAcceptance;

/// <summary>The whole run: who is there, idle, load, verdict.</summary>
/// <remarks>
/// Until a run on a real board is recorded, NVML is proven on a fake table and on compiled stubs only: this program is what
/// would change that. Its own tests run it against such a stub, whose watts are known.
/// </remarks>
internal sealed class Acceptance(
    AcceptanceOptions options, EnergyMeter meter, DetectionReport report, TimeProvider time, TextWriter output)
{
    private const int AllAgree = 0;
    private const int Disagreement = 1;
    private const int NothingToCompare = 2;

    // nvidia-smi tells a mean over one second: both that and the boards' clocks have settled after two.
    private static readonly TimeSpan _settling = TimeSpan.FromSeconds(2);

    private bool _loadMissed;

    public async Task<int> RunAsync()
    {
        PowerDevice[] devices = [.. report.Devices];
        if (devices.Length == 0)
        {
            output.WriteLine($"No device can be metered.\n{report}");
            return NothingToCompare;
        }

        using var nvml = new RawNvml(options.Library is { } path ? [path] : NvmlLoader.Candidates);
        using var smi = new SmiSampler(options.Smi, time);
        BoardUnderTest[] boards = [.. devices.Select(device => new BoardUnderTest(device, nvml, time))];
        await DescribeAsync(boards, nvml, smi);
        meter.Start();
        await meter.WaitUntilReadyAsync(CancellationToken.None);

        var runner = new PhaseRunner(meter, boards, smi, time);
        var demonstration = new Demonstration(meter, time);
        List<PhaseRow[]> runs = [.. await runner.RunAsync("idle", options.Phase, rest => Task.Delay(rest, time))];
        PhaseRow[] decisive = runs[^1];
        if (!options.IdleOnly)
        {
            IReadOnlyList<PhaseRow[]> loaded = await LoadAsync(runner, demonstration);
            runs.AddRange(loaded);
            decisive = [.. decisive, .. loaded[^1]];
        }

        RowTable.Print(output, runs.SelectMany(rows => rows));
        bool conserved = await demonstration.PrintAsync(output);
        return Conclude(decisive, conserved);
    }

    private async Task DescribeAsync(BoardUnderTest[] boards, RawNvml nvml, SmiSampler smi)
    {
        output.WriteLine($"NVIDIA driver {nvml.DriverVersion}");
        output.WriteLine(report);
        foreach (BoardUnderTest board in boards)
        {
            TimeSpan? period = board.Counter.Exists ? await board.Counter.ObservePeriodAsync() : null;
            string moves = period is { } known
                ? FormattableString.Invariant($"moves every {known.TotalMilliseconds:0} ms")
                : "was not seen to move";
            string limit = board.Device.PowerLimit is { } power ? FormattableString.Invariant($"{power.Watts:0} W") : "unknown";
            output.WriteLine($"{board.Device.Id}: read as {board.Device.Reading}, NVML's counter {moves}, power limit {limit}");
        }

        if (smi.Absence is { } absence) output.WriteLine($"nvidia-smi: {absence}");
    }

    private async Task<IReadOnlyList<PhaseRow[]>> LoadAsync(PhaseRunner runner, Demonstration demonstration)
    {
        using IBoardLoad load = BoardLoad.Start(options);
        await Task.Delay(_settling, time);
        string phase = load.Trouble is null ? "load" : "no load";
        IReadOnlyList<PhaseRow[]> rows = await runner.RunAsync(phase, options.Phase, demonstration.RunAsync);
        string? trouble = load.Trouble;
        _loadMissed = trouble is not null;
        output.WriteLine(_loadMissed ? $"load: {load.Description}: {trouble}" : $"load: {load.Description}");
        return rows;
    }

    private int Conclude(PhaseRow[] rows, bool conserved)
    {
        if (!conserved || rows.Any(row => row.Verdict is RowVerdict.Disagrees or RowVerdict.NotRead))
        {
            output.WriteLine(conserved ? "The meter and NVML disagree." : "Energy was lost or invented.");
            return Disagreement;
        }

        if (rows.All(row => row.Verdict == RowVerdict.NoCounter))
        {
            output.WriteLine("No board has an energy counter of NVML's own that moves: there is nothing to compare with.");
            return NothingToCompare;
        }

        string agreement = FormattableString.Invariant($"The meter and NVML agree within {PhaseRow.Band:P0}");
        output.WriteLine(_loadMissed ? $"{agreement}, but not under load: there was none, or it broke off." : $"{agreement}.");
        return _loadMissed ? NothingToCompare : AllAgree;
    }
}
