using System.Diagnostics;

namespace GreenAI.Metering.Observability.Tests;

/// <summary>What a program that ran to its end said.</summary>
internal sealed record ProgramRun(int ExitCode, string Output)
{
    // Far more than any of them takes on a slow machine: it ends a test that would hang.
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(2);

    public static async Task<ProgramRun> OfAsync(string program, string folder, string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(_longest);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), deadline.Token);
            process.StandardInput.Close();
            string said = await output + await errors;
            await process.WaitForExitAsync(deadline.Token);
            return new ProgramRun(process.ExitCode, said);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
