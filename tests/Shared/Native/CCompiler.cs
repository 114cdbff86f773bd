using System.ComponentModel;
using System.Diagnostics;

namespace GreenAI.Metering.Checks;

/// <summary>Compiles shared libraries for tests, where there is a C compiler.</summary>
internal static class CCompiler
{
    /// <summary>Compiles one file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="library">The library to make.</param>
    /// <param name="options">Further arguments of the compiler.</param>
    /// <returns>False when no compiler is installed.</returns>
    /// <exception cref="InvalidOperationException">The file does not compile; the message tells the compiler's errors.</exception>
    public static bool TryCompile(string source, string library, params IEnumerable<string> options)
    {
        string[] arguments = ["-shared", "-fPIC", "-std=gnu11", "-Wall", "-Werror", "-pthread", "-o", library, source, .. options];
        foreach (string compiler in (string[])["cc", "gcc", "clang"])
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(compiler, arguments) { RedirectStandardError = true })!;
                string errors = process.StandardError.ReadToEnd();
                process.WaitForExit();
                return process.ExitCode == 0 ? true : throw new InvalidOperationException(errors);
            }
            catch (Win32Exception)
            {
                // Not installed: the next one may be.
            }
        }

        return false;
    }
}
