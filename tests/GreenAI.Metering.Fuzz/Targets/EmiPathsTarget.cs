using System.Runtime.InteropServices;
using System.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary>The list of energy meters as Windows gives it: paths that end with a NUL each.</summary>
internal sealed class EmiPathsTarget : IFuzzTarget
{
    public string Name => "emi-paths";

    public int Inputs => 200_000;

    public long AllocationBound => 1 << 20;

    public IReadOnlyList<byte[]> Corpus { get; } =
        [Encoding.Unicode.GetBytes("\\\\?\\ACPI#1\0\\\\?\\ACPI#2\0\0"), Encoding.Unicode.GetBytes("\0"), []];

    public void Run(ReadOnlySpan<byte> input)
    {
        ReadOnlySpan<char> list = MemoryMarshal.Cast<byte, char>(input);
        IReadOnlyList<string> paths = EmiPaths.Split(list);
        FuzzFailure.Unless(paths.Count <= 64, "a machine has few meters");
        FuzzFailure.Unless(paths.Sum(static path => path.Length + 1) <= list.Length, "paths come from the list");
        foreach (string path in paths) FuzzFailure.Unless(path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal), "a path has no NUL");
    }
}
