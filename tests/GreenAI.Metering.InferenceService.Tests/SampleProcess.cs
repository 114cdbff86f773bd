using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace GreenAI.Metering.Samples.InferenceService.Tests;

/// <summary>The sample as its users start it: a process, whose lines are read as they come.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _read = [];

    public SampleProcess(string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "InferenceService.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All lines read so far.</summary>
    public string Output => string.Join('\n', _read);

    /// <summary>Reads on until a line matches.</summary>
    public async Task<Match> WaitForAsync(string pattern)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(_patience);
        try
        {
            await foreach (string line in _lines.Reader.ReadAllAsync(end.Token))
            {
                _read.Add(line);
                if (Regex.Match(line, pattern) is { Success: true } match) return match;
            }
        }
        catch (OperationCanceledException)
        {
            // Said below, with what was printed.
        }

        throw new InvalidOperationException($"No line matched {pattern}. Printed was:\n{Output}");
    }

    /// <summary>Waits for the end; the exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(_patience);
        await _process.WaitForExitAsync(end.Token);
        _lines.Writer.TryComplete();
        await foreach (string line in _lines.Reader.ReadAllAsync(end.Token)) _read.Add(line);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is not null) _lines.Writer.TryWrite(line);
    }
}
