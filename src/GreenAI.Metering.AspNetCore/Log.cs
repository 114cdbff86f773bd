using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>What the ASP.NET Core package logs.</summary>
internal static partial class Log
{
    [LoggerMessage(300, LogLevel.Error, "No snapshot could be made for the page; its viewers wait. This is logged once until there is one again.")]
    public static partial void SnapshotFailed(ILogger logger, Exception exception);
}
