namespace GreenAI.Metering.Fuzz;

/// <summary><c>/proc/self/cgroup</c>.</summary>
internal sealed class GroupPathTarget : IFuzzTarget
{
    public string Name => "cgroup";

    public int Inputs => 200_000;

    public long AllocationBound => 1 << 16;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "0::/\n"u8.ToArray(),
        "0::/system.slice/docker-0123456789abcdef.scope\n"u8.ToArray(),
        "12:cpu,cpuacct:/user.slice\n1:name=systemd:/x\n0::/kubepods.slice/pod1\n"u8.ToArray(),
        "0::/../other\n"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        string? path = ControlGroup.FindPath(input);
        FuzzFailure.Unless(path is null || (path[0] == '/' && !path.Contains('\0') && !path.Contains('\n')), "a path begins with / and has no NUL");
    }
}
