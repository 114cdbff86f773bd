namespace GreenAI.Metering.Ledger.Sqlite.Tests;

/// <summary>A folder of a test, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("greenai-ledger-");

    public string File => Path.Combine(_folder.FullName, "budgets.db");

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
