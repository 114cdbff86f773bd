using System.Text.RegularExpressions;

namespace GreenAI.Metering.Observability.Tests.Npm;

/// <summary>A temporary folder with the packages that TypeScript/package.json names, at exactly the versions of its lock file; their scripts are not run.</summary>
public sealed partial class NpmFolder : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        if (Installed.Find("node") is null || Installed.Find("npm") is not { } npm)
        {
            _missing = "node or npm is not installed: apt-get install nodejs npm";
            return;
        }

        foreach (string file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "TypeScript"))) File.Copy(file, Path.Combine(_folder.Path, Path.GetFileName(file)));
        ProgramRun run = await ProgramRun.OfAsync(npm, _folder.Path, null, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000");
        if (run.ExitCode == 0) return;
        Assert.True(NotReached().IsMatch(run.Output), run.Output);
        _missing = $"the npm registry cannot be reached: {NotReached().Match(run.Output).Value}";
    }

    /// <summary>Runs a script with Node.js in the folder.</summary>
    internal Task<ProgramRun> NodeAsync(string? input, params string[] arguments)
    {
        if (_missing is not null) Assert.Skip(_missing);
        return ProgramRun.OfAsync(Installed.Program("node", "nodejs"), _folder.Path, input, arguments);
    }

    internal void Write(string name, string text) => _folder.Write(name, text);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    // Without a network, or behind a registry that lacks a package: anything else is a mistake of ours.
    [GeneratedRegex("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|E40[134]|E50[234]|ENEEDAUTH")]
    private static partial Regex NotReached();
}
