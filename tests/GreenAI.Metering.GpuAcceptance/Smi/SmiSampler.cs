using System.ComponentModel;
using System.Diagnostics;

namespace GreenAI.Metering.GpuAcceptance;

/// <summary>Lets nvidia-smi print the power of all boards ten times a second, for as long as this lives.</summary>
internal sealed class SmiSampler : IDisposable
{
    private readonly Dictionary<string, SmiSeries> _series = [];
    private readonly TimeProvider _time;
    private readonly Process? _process;

    public SmiSampler(string path, TimeProvider time)
    {
        _time = time;
        string[] arguments = ["--query-gpu=timestamp,uuid,power.draw", "--format=csv,noheader,nounits", "-lms", "100"];
        try
        {
            _process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true });
        }
        catch (Win32Exception exception)
        {
            Absence = $"{path} cannot be started ({exception.Message})";
            return;
        }

        _process!.OutputDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
    }

    /// <summary>Why there are no figures; null when nvidia-smi runs.</summary>
    public string? Absence { get; }

    /// <summary>Joules of a board between two times; null when nvidia-smi did not cover them.</summary>
    public double? Integrate(string uuid, long start, long end)
    {
        lock (_series) return _series.TryGetValue(uuid, out SmiSeries? series) ? series.Integrate(start, end) : null;
    }

    public void Dispose()
    {
        if (_process is null) return;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null || !SmiLine.TryParse(line, out SmiLine parsed)) return;
        // Output to a pipe may come late and in heaps: a line is as old as its own timestamp says, where that is sensible.
        TimeSpan age = parsed.Local is { } local ? _time.GetLocalNow().DateTime - local : TimeSpan.Zero;
        if (age < TimeSpan.Zero || age > TimeSpan.FromMinutes(1)) age = TimeSpan.Zero;
        long timestamp = _time.GetTimestamp() - (long)(age.TotalSeconds * _time.TimestampFrequency);
        lock (_series)
        {
            if (!_series.TryGetValue(parsed.Uuid, out SmiSeries? series)) _series[parsed.Uuid] = series = new SmiSeries(_time);
            series.Add(timestamp, parsed.Watts);
        }
    }
}
