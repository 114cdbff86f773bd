namespace GreenAI.Metering.GpuAcceptance;

/// <summary>Measures a phase three ways at once.</summary>
internal sealed class PhaseRunner(EnergyMeter meter, IReadOnlyList<BoardUnderTest> boards, SmiSampler smi, TimeProvider time)
{
    // A window's ends are known to a poll of the counter; on a busy machine a poll may come late. What is wrong stays wrong.
    private const int Attempts = 3;

    /// <summary>Measures until all boards agree, at most three times.</summary>
    /// <param name="phase">The name of the phase.</param>
    /// <param name="length">How long.</param>
    /// <param name="meanwhile">What to do during the first time.</param>
    /// <returns>The rows of each time; the last ones count.</returns>
    public async Task<IReadOnlyList<PhaseRow[]>> RunAsync(string phase, TimeSpan length, Func<TimeSpan, Task> meanwhile)
    {
        List<PhaseRow[]> all = [];
        do
        {
            all.Add(await MeasureAsync(all.Count == 0 ? phase : $"{phase} again", length, meanwhile));
            meanwhile = rest => Task.Delay(rest, time);
        }
        while (all.Count < Attempts && all[^1].Any(row => row.Verdict is RowVerdict.Disagrees or RowVerdict.NotRead));
        return all;
    }

    private async Task<PhaseRow[]> MeasureAsync(string phase, TimeSpan length, Func<TimeSpan, Task> meanwhile)
    {
        CounterEdge?[] starts = await NextEdgesAsync();
        long start = time.GetTimestamp();
        EnergyWindow window = meter.StartWindow(phase);
        await meanwhile(length);
        CounterEdge?[] ends = await NextEdgesAsync();
        ValueTask<EnergyReading> stopping = window.StopAsync();
        long end = time.GetTimestamp();
        EnergyReading reading = await stopping;
        return [.. boards.Select((board, i) => Row(board, phase, reading, starts[i], ends[i], start, end))];
    }

    private PhaseRow Row(
        BoardUnderTest board, string phase, EnergyReading reading, CounterEdge? first, CounterEdge? last, long start, long end)
    {
        DeviceEnergy ours = reading.Devices.Single(device => device.Device.Id == board.Device.Id);
        return new PhaseRow(board.Device.Id, phase, ours.Tier)
        {
            Duration = reading.Duration,
            Ours = ours.Total?.Joules,
            Nvml = Scale(first, last, reading.Duration),
            Smi = smi.Integrate(board.Uuid, start, end),
            Coverage = ours.Coverage,
        };
    }

    // The raw counter is read where it moves, some milliseconds from the window's ends: at steady power its share is the same.
    private double? Scale(CounterEdge? first, CounterEdge? last, TimeSpan duration) =>
        first is { } from && last is { } to && to.Millijoules >= from.Millijoules && to.Timestamp > from.Timestamp
            ? (to.Millijoules - from.Millijoules) / 1000.0 * (duration / time.GetElapsedTime(from.Timestamp, to.Timestamp))
            : null;

    private async Task<CounterEdge?[]> NextEdgesAsync()
    {
        var edges = new CounterEdge?[boards.Count];
        for (int i = 0; i < edges.Length; i++) edges[i] = boards[i].Counter.Exists ? await boards[i].Counter.NextEdgeAsync() : null;
        return edges;
    }
}
