using System.ComponentModel;
using System.Diagnostics;

namespace GreenAI.Metering.GpuAcceptance;

/// <summary>A command of the user, run by the shell and ended with everything it started.</summary>
internal sealed class CommandLoad : IBoardLoad
{
    private readonly Process _process;

    private CommandLoad(string command, Process process) => (Description, _process) = (command, process);

    public string Description { get; }

    public string? Trouble => _process.HasExited ? $"the command ended with exit code {_process.ExitCode}" : null;

    public static IBoardLoad Start(string command)
    {
        ProcessStartInfo shell = OperatingSystem.IsWindows() ? new("cmd.exe", ["/c", command]) : new("/bin/sh", ["-c", command]);
        try
        {
            return new CommandLoad(command, Process.Start(shell)!);
        }
        catch (Win32Exception exception)
        {
            return new NoLoad($"{shell.FileName} cannot be started ({exception.Message})");
        }
    }

    public void Dispose()
    {
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
}
