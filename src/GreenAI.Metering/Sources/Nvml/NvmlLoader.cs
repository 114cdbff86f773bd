using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace GreenAI.Metering;

/// <summary>Finds NVML on this machine.</summary>
internal static class NvmlLoader
{
    /// <summary>Where NVML is looked for, in order.</summary>
    /// <remarks>Windows: full paths only, so that a file in the current folder is never taken for the driver's.</remarks>
    public static IReadOnlyList<string> Candidates { get; } = OperatingSystem.IsWindows()
        ?
        [
            Path.Combine(Environment.SystemDirectory, "nvml.dll"),
            Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "NVIDIA Corporation", "NVSMI", "nvml.dll"),
        ]
        : OperatingSystem.IsLinux() ? ["libnvidia-ml.so.1", "/usr/lib/wsl/lib/libnvidia-ml.so.1", "libnvidia-ml.so"] : [];

    /// <summary>Loads the first usable library of several names or paths.</summary>
    /// <param name="candidates">The names or paths.</param>
    /// <param name="library">The library, not yet initialised.</param>
    /// <param name="refusal">Why there is none.</param>
    public static bool TryLoad(
        IReadOnlyList<string> candidates,
        [NotNullWhen(true)] out NvmlLibrary? library,
        [NotNullWhen(false)] out SourceFinding? refusal)
    {
        (library, refusal) = (null, null);
        foreach (string candidate in candidates)
        {
            if (!NativeLibrary.TryLoad(candidate, out nint module)) continue;
            NvmlFunctions functions = NvmlFunctions.FromModule(module);
            if (functions.MissingExport is not string missing)
            {
                library = new NvmlLibrary(functions);
                refusal = null;
                return true;
            }

            NativeLibrary.Free(module);
            refusal ??= NvmlFindings.MissingExport(candidate, missing);
        }

        refusal ??= NvmlFindings.NoLibrary;
        return false;
    }
}
