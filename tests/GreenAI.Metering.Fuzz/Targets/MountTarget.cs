using System.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary>A line of <c>/proc/self/mountinfo</c>.</summary>
internal sealed class MountTarget : IFuzzTarget
{
    public string Name => "mountinfo";

    public int Inputs => 200_000;

    public long AllocationBound => 1 << 16;

    public IReadOnlyList<byte[]> Corpus { get; } =
    [
        "29 22 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate"u8.ToArray(),
        "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue"u8.ToArray(),
        @"40 22 0:26 / /with\040space rw - cgroup2 cgroup2 rw"u8.ToArray(),
        "1 2 3 4 5 - -"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        string line = Encoding.UTF8.GetString(input);
        string? mount = ControlGroup.FindMount(line);
        FuzzFailure.Unless(mount is null || line.Contains(" - cgroup2 ", StringComparison.Ordinal) || line.EndsWith(" - cgroup2", StringComparison.Ordinal), "only a cgroup2 mount is one");
    }
}
