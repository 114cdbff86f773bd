using System.Reflection;

namespace GreenAI.Metering;

/// <summary>Versions that reports state.</summary>
internal static class ReportVersions
{
    public const int Major = 1;
    public const int Minor = 0;

    public static string Written { get; } = FormattableString.Invariant($"{Major}.{Minor}");

    /// <summary>This library's, without the build's commit.</summary>
    public static string Library { get; } = Of(typeof(ReportVersions).Assembly);

    private static string Of(Assembly assembly)
    {
        string? informational = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return informational?.Split('+')[0] ?? assembly.GetName().Version?.ToString() ?? "unknown";
    }
}
