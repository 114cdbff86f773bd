using System.Text.Json;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.AspNetCore.Tests.Endpoints;

/// <summary>
/// The horizontal autoscaler's formula over real meters: each replica answers by its own endpoint, KEDA averages, and every 15 s
/// desired = ceil(current × metric ÷ target), unless within 10 % of the target; each direction waits for its stabilisation window.
/// </summary>
internal sealed class ReplicaSimulator(TimeSpan window, TimeSpan stabilizeUp, TimeSpan stabilizeDown, double target = 0.65) : IDisposable
{
    private const int Sync = 15;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 10, 0, 0, 0, TimeSpan.Zero));
    private readonly List<ScalingRig> _replicas = [];
    private readonly List<(DateTimeOffset Time, int Replicas)> _recommended = [];

    public int Replicas => _replicas.Count;

    public void Start(int replicas) => Resize(replicas);

    /// <summary>Runs under a load, in replicas' worth of work, and tells each change of the number of replicas.</summary>
    public async Task<IReadOnlyList<int>> RunAsync(double load, TimeSpan time)
    {
        var changes = new List<int>();
        for (int second = 1; second <= time.TotalSeconds; second++)
        {
            foreach (ScalingRig replica in _replicas) replica.Board.Utilization = (float)Math.Min(1, load / _replicas.Count);
            _time.Advance(TimeSpan.FromSeconds(1));
            if (second % Sync != 0 || await DesiredAsync() is not { } desired || desired == Replicas) continue;
            changes.Add(desired - Replicas);
            Resize(desired);
        }

        return changes;
    }

    public void Dispose() => Resize(0);

    private async Task<int?> DesiredAsync()
    {
        double sum = 0;
        foreach (ScalingRig replica in _replicas)
        {
            JsonElement signals = await replica.SignalsAsync("model");
            // As KEDA does: one pod without the value, and there is no metric.
            if (!signals.TryGetProperty("hardwareUtilization", out JsonElement utilization)) return null;
            sum += utilization.GetDouble();
        }

        double ratio = sum / Replicas / target;
        DateTimeOffset now = _time.GetUtcNow();
        _recommended.Add((now, Math.Abs(ratio - 1) <= 0.1 ? Replicas : (int)Math.Ceiling(Replicas * ratio)));
        int up = _recommended.Where(row => row.Time >= now - stabilizeUp).Min(row => row.Replicas);
        int down = _recommended.Where(row => row.Time >= now - stabilizeDown).Max(row => row.Replicas);
        return Math.Max(1, up > Replicas ? up : down < Replicas ? down : Replicas);
    }

    private void Resize(int replicas)
    {
        while (_replicas.Count > replicas)
        {
            _replicas[^1].Dispose();
            _replicas.RemoveAt(_replicas.Count - 1);
        }

        while (_replicas.Count < replicas)
        {
            var replica = new ScalingRig(_time, new GreenAIMeteringOptions { SamplingInterval = TimeSpan.FromSeconds(1), Kpis = new KpiOptions { Windows = [window] } });
            replica.Meter.Model("model");
            _replicas.Add(replica);
        }
    }
}
