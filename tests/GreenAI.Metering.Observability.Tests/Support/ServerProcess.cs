using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace GreenAI.Metering.Observability.Tests;

/// <summary>A server of somebody else's on a free port of loopback, ended with the test.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int Attempts = 3;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private ServerProcess(string program, string folder, int port, IEnumerable<string> arguments)
    {
        Address = new Uri($"http://127.0.0.1:{port}/");
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public string Log => string.Join('\n', _log);

    /// <summary>Starts a server that is ready when it answers at a path. Somebody may have taken the port in between: then it gets another.</summary>
    public static async Task<ServerProcess> StartAsync(string program, string folder, string readyPath, Func<int, IEnumerable<string>> arguments)
    {
        string log = "";
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            int port = Loopback.FreePort();
            var server = new ServerProcess(program, folder, port, arguments(port));
            if (await Until.Async(() => server.AnswersAsync(readyPath), ready => ready || server._process.HasExited) && !server._process.HasExited) return server;
            log = server.Log;
            server.Dispose();
        }

        throw new InvalidOperationException($"{program} is not ready:\n{log}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using var http = new HttpClient { BaseAddress = Address };
            using HttpResponseMessage answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException refused) when (refused.InnerException is SocketException or IOException)
        {
            // Not listening yet.
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null) _log.Enqueue(line.Data);
    }
}
