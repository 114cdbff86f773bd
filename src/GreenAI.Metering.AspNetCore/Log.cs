using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>What the ASP.NET Core package logs.</summary>
internal static partial class Log
{
    [LoggerMessage(201, LogLevel.Error, "The request observer {Observer} threw; it is told further footprints. This is logged once.")]
    public static partial void ObserverThrew(ILogger logger, string observer, Exception exception);

    [LoggerMessage(202, LogLevel.Warning, "{Endpoint} is marked as an inference, and no request is metered or admitted: call app.UseInferenceMetering().")]
    public static partial void NotMetered(ILogger logger, string endpoint);

    [LoggerMessage(221, LogLevel.Error, "No snapshot could be made for the page; its viewers wait. This is logged once until there is one again.")]
    public static partial void SnapshotFailed(ILogger logger, Exception exception);
}
