using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GreenAI.Metering.Tests;

/// <summary>Compiles <c>NvmlStub.c</c> in some variants once, where there is a C compiler.</summary>
public sealed class NvmlStubLibrary : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nvml-stub");

    /// <summary>The path of a variant; skips the test where it cannot be built.</summary>
    internal string Build(params string[] defines)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The NVML stub is built on Linux only.");
        string library = Path.Combine(_folder.FullName, $"libnvml-stub{string.Concat(defines)}.so");
        if (File.Exists(library)) return library;
        string source = Path.Combine(_folder.FullName, "NvmlStub.c");
        using (Stream code = typeof(NvmlStubLibrary).Assembly.GetManifestResourceStream("NvmlStub.c")!)
        using (FileStream file = File.Create(source))
        {
            code.CopyTo(file);
        }

        string[] arguments = ["-shared", "-fPIC", "-std=c11", "-Wall", "-Werror", "-o", library, source];
        Run([.. arguments, .. defines.Select(define => "-D" + define)]);
        return library;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    internal static nint Export(string library, string name) => NativeLibrary.GetExport(NativeLibrary.Load(library), name);

    private static void Run(string[] arguments)
    {
        foreach (string compiler in (string[])["cc", "gcc", "clang"])
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(compiler, arguments) { RedirectStandardError = true })!;
                string errors = process.StandardError.ReadToEnd();
                process.WaitForExit();
                Assert.True(process.ExitCode == 0, errors);
                return;
            }
            catch (Win32Exception)
            {
                // Not installed: the next one may be.
            }
        }

        Assert.Skip("No C compiler (cc, gcc or clang) is installed.");
    }
}
