using System.Text;

namespace GreenAI.Metering;

/// <summary>The control group (cgroup v2) of this process: its processor time and its processor limit.</summary>
internal sealed class ControlGroup
{
    // A table longer than this is not looked through to its end.
    private const int MaxMounts = 4096;

    private ControlGroup(string mount, string directory) => (Mount, Directory) = (mount, directory);

    /// <summary>Where the hierarchy is mounted.</summary>
    public string Mount { get; }

    /// <summary>The directory of the group.</summary>
    public string Directory { get; }

    /// <summary>Finds the group of this process.</summary>
    /// <param name="context">Where sysfs and procfs are.</param>
    /// <param name="reason">Why there is none, as a sentence.</param>
    public static ControlGroup? Find(SourceContext context, out string reason)
    {
        string membership = Path.Combine(context.ProcRoot, "self", "cgroup");
        if (KernelSnapshot.TryRead(membership, 4096, out byte[] bytes) != SampleFault.None)
            return None($"{membership} cannot be read.", out reason);
        if (FindPath(bytes) is not { } path)
            return None($"{membership} names no cgroup v2 group (no line that begins with 0::/).", out reason);

        // A path that climbs belongs to a process outside the root of this cgroup namespace: its directory is not visible.
        if (path.Split('/').Contains("..")) return None($"The group {path} lies outside this cgroup namespace.", out reason);
        string root = Path.Combine(context.SysfsRoot, "fs", "cgroup");
        List<string> mounts = OwnMounts(context);
        if (mounts.Count == 0) mounts = [root, Path.Combine(root, "unified")];
        foreach (string mount in mounts)
        {
            string directory = Path.Combine(mount, path.TrimStart('/'));
            if (!File.Exists(Path.Combine(directory, "cpu.stat"))) continue;

            // Only the host's root group lacks cgroup.events: its cpu.stat is the whole machine's, which is no container.
            if (!File.Exists(Path.Combine(directory, "cgroup.events")))
                return None("This process is in the root control group, which is the whole machine.", out reason);
            reason = string.Empty;
            return new ControlGroup(mount, directory);
        }

        return None($"The group {path} has no cpu.stat under {string.Join(" or ", mounts)}: cgroup v2 is not mounted there.", out reason);
    }

    /// <summary>The least number of processors that <c>cpu.max</c> of the group and of those above it allow; infinity if none does.</summary>
    public double ProcessorLimit()
    {
        double limit = double.PositiveInfinity;
        foreach (string directory in Directories())
        {
            if (KernelSnapshot.TryRead(Path.Combine(directory, "cpu.max"), 64, out byte[] bytes) == SampleFault.None
                && ProcessorText.TryParseQuota(bytes, out double processors))
                limit = Math.Min(limit, processors);
        }

        return limit;
    }

    /// <summary>The directories of the group and of those above it, up to the mount.</summary>
    public IEnumerable<string> Directories()
    {
        for (string? directory = Directory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            yield return directory;
            if (directory.Length <= Mount.Length) yield break;
        }
    }

    // Where the group of this process is the root of what is mounted. With the host's sysfs at another place (a container that
    // wants RAPL), the hierarchy under SysfsRoot is the host's: a path of our namespace names another group there, or none.
    private static List<string> OwnMounts(SourceContext context)
    {
        List<string> mounts = [];
        try
        {
            foreach (string line in File.ReadLines(Path.Combine(context.ProcRoot, "self", "mountinfo")).Take(MaxMounts))
            {
                if (FindMount(line) is { } mount) mounts.Add(mount);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No procfs here: the usual place is looked at.
        }

        return mounts;
    }

    /// <summary>Where a line of mountinfo mounts the root of a cgroup v2 hierarchy; null when it mounts something else.</summary>
    internal static string? FindMount(string line)
    {
        // id parent device root mount-point options [optional fields] - type source options (proc_pid_mountinfo(5)).
        string[] fields = line.Split(' ');
        int separator = Array.IndexOf(fields, "-");
        bool isOwn = separator >= 6 && separator + 1 < fields.Length && fields[separator + 1] == "cgroup2" && fields[3] == "/";
        return isOwn ? fields[4].Replace(@"\040", " ", StringComparison.Ordinal) : null;
    }

    /// <summary>The path of the cgroup v2 group in <c>/proc/self/cgroup</c>; null when there is none.</summary>
    internal static string? FindPath(ReadOnlySpan<byte> text)
    {
        // Lines are hierarchy:controllers:path (cgroups(7)); version 2 is hierarchy 0 without controllers.
        foreach (string line in Encoding.UTF8.GetString(text).Split('\n'))
        {
            if (line.StartsWith("0::/", StringComparison.Ordinal) && !line.Contains('\0')) return line[3..];
        }

        return null;
    }

    private static ControlGroup? None(string why, out string reason)
    {
        reason = why;
        return null;
    }
}
