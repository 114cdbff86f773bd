using System.Diagnostics;
using GreenAI.Metering.Checks;

namespace GreenAI.Metering.Samples.Tests;

/// <summary>A compiled stub of NVML and CUDA, a fake nvidia-smi, and the acceptance program as a process of its own.</summary>
public sealed class GpuStub : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gpu-stub");

    /// <summary>The stub; skips the test where it cannot be built.</summary>
    internal string Library
    {
        get
        {
            if (!OperatingSystem.IsLinux()) Assert.Skip("The GPU stub is built on Linux only.");
            string library = Path.Combine(_folder.FullName, "libgpu-stub.so");
            if (!File.Exists(library) && !CCompiler.TryCompile(Unpack("GpuStub.c"), library))
                Assert.Skip("No C compiler (cc, gcc or clang) is installed.");
            return library;
        }
    }

    internal string Smi
    {
        get
        {
            string path = Unpack("nvidia-smi");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return path;
        }
    }

    /// <summary>A file whose presence means load, in the stub and in the fake nvidia-smi.</summary>
    internal string NewLoadFile => Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));

    internal static async Task<(int ExitCode, string Output)> RunAsync(
        IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "GreenAI.Metering.GpuAcceptance.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("CUDA_VISIBLE_DEVICES");
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancelled);
        string output = await process.StandardOutput.ReadToEndAsync(cancelled);
        await process.WaitForExitAsync(cancelled);
        return (process.ExitCode, output + await errors);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Unpack(string name)
    {
        string path = Path.Combine(_folder.FullName, name);
        if (File.Exists(path)) return path;
        using Stream content = typeof(GpuStub).Assembly.GetManifestResourceStream(name)!;
        using FileStream file = File.Create(path);
        content.CopyTo(file);
        return path;
    }
}
