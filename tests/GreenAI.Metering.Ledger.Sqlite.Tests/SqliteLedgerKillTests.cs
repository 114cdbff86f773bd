using System.Diagnostics;
using System.Reflection;

namespace GreenAI.Metering.Ledger.Sqlite.Tests;

public sealed class SqliteLedgerKillTests
{
    // The same program does it a hundred times in CI.
    [Fact]
    public async Task Exchange_ProcessKilledAtARandomInstant_WhatWasFlushedIsThereOnce()
    {
        string program = typeof(SqliteLedgerKillTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "LedgerStress").Value!;
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "sqlite", "8", "7000"]) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("ok kill 7007: settled is what was flushed", output, StringComparison.Ordinal);
        Assert.EndsWith(" passed, 0 failed\n", output, StringComparison.Ordinal);
    }
}
