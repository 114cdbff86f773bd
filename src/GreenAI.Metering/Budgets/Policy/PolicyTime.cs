using System.Globalization;

namespace GreenAI.Metering;

/// <summary>Times as policies write them.</summary>
internal static class PolicyTime
{
    /// <summary>In UTC, with as many digits of a second as it has.</summary>
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
