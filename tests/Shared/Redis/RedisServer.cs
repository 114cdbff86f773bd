using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GreenAI.Metering.Checks;

/// <summary>A redis-server of its own on a free loopback port, in a folder of its own.</summary>
public sealed class RedisServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("greenai-redis-").FullName;
    private readonly string[] _arguments;
    private Process? _process;

    /// <param name="arguments">More of redis-server's arguments.</param>
    public RedisServer(params string[] arguments)
    {
        _arguments = arguments;
        Port = FreePort();
        Start();
    }

    /// <summary>Why there can be no server here; null when there can.</summary>
    public static string? Missing { get; } = Find() is null ? "redis-server is not installed (Debian: apt-get install redis-server)." : null;

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The address, as StackExchange.Redis takes it.</summary>
    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts it, on what it had stored before, and waits until it answers.</summary>
    public void Start()
    {
        var start = new ProcessStartInfo(Find() ?? throw new InvalidOperationException(Missing)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder, "--save", "", .. _arguments])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        for (int i = 0; i < 200; i++)
        {
            if (Command("PING").StartsWith("+PONG", StringComparison.Ordinal)) return;
            if (_process.HasExited) throw new InvalidOperationException("redis-server ended: " + _process.StandardError.ReadToEnd());
            Thread.Sleep(25);
        }

        throw new TimeoutException("redis-server did not answer within 5 s.");
    }

    /// <summary>Ends it as a crash would.</summary>
    public void Kill()
    {
        if (_process is null) return;
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Forgets everything that was stored; while it is not running.</summary>
    public void Erase()
    {
        foreach (string folder in Directory.GetDirectories(_folder)) Directory.Delete(folder, recursive: true);
        foreach (string file in Directory.GetFiles(_folder)) File.Delete(file);
    }

    /// <summary>How long the part of the append-only file is that is being written.</summary>
    public long AppendOnlyLength() => AppendOnly().Length;

    /// <summary>Cuts the append-only file, as if the rest had not reached the disk; while it is not running.</summary>
    public void CutAppendOnly(long length)
    {
        using FileStream file = AppendOnly().Open(FileMode.Open);
        file.SetLength(length);
    }

    /// <summary>Sends a command in words without blanks, and returns the beginning of what is answered; empty where nobody answers.</summary>
    public string Command(string words)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            client.ReceiveTimeout = 2000;
            NetworkStream stream = client.GetStream();
            stream.Write(Encoding.UTF8.GetBytes(words + "\r\n"));
            byte[] answer = new byte[65536];
            return Encoding.UTF8.GetString(answer, 0, stream.Read(answer));
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return "";
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        Directory.Delete(_folder, recursive: true);
    }

    private FileInfo AppendOnly() => new(Directory.GetFiles(Path.Combine(_folder, "appendonlydir"), "*.incr.aof").Single());

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(static folder => Path.Combine(folder, "redis-server"))
        .FirstOrDefault(File.Exists);
}
