using System.Diagnostics;

namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>A Go program with GJSON as Debian ships it, compiled for a test.</summary>
internal sealed class GoProgram : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("greenai-go-").FullName;

    private GoProgram()
    {
    }

    /// <summary>Compiles a program, or skips the test with the reason.</summary>
    public static async Task<GoProgram> CompileAsync(string source)
    {
        if (!File.Exists("/usr/bin/go")) Assert.Skip("Go is not installed (Debian: golang-go).");
        if (!Directory.Exists("/usr/share/gocode/src/github.com/tidwall/gjson")) Assert.Skip("GJSON is not installed (Debian: golang-github-tidwall-gjson-dev).");
        var program = new GoProgram();
        await File.WriteAllTextAsync(Path.Combine(program._folder, "main.go"), source, TestContext.Current.CancellationToken);
        (int code, string output) = await program.RunAsync("/usr/bin/go", ["build", "-o", "program", "main.go"], "");
        Assert.True(code == 0, output);
        return program;
    }

    public Task<(int Code, string Output)> RunAsync(string input, params string[] arguments) => RunAsync(Path.Combine(_folder, "program"), arguments, input);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(int Code, string Output)> RunAsync(string file, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GO111MODULE"] = "off";
        start.Environment["GOPATH"] = "/usr/share/gocode";
        start.Environment["GOCACHE"] = Path.Combine(_folder, "cache");
        start.Environment["GOFLAGS"] = "";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output + await errors).Trim());
    }
}
