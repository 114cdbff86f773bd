namespace GreenAI.Metering.Observability.Tests;

/// <summary>Programs that are not ours: a test that needs one skips, with the reason, where it is not installed.</summary>
internal static class Installed
{
    /// <summary>Where a program is.</summary>
    public static string Program(string name, string package) => Find(name) ?? Skip($"{name} is not installed: apt-get install {package}");

    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    private static string Skip(string reason)
    {
        Assert.Skip(reason);
        return reason;
    }
}
