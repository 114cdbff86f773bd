using System.Runtime.InteropServices;
using GreenAI.Metering.Checks;

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

        if (!CCompiler.TryCompile(source, library, defines.Select(define => "-D" + define)))
            Assert.Skip("No C compiler (cc, gcc or clang) is installed.");
        return library;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    internal static nint Export(string library, string name) => NativeLibrary.GetExport(NativeLibrary.Load(library), name);
}
