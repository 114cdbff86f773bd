using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

internal static partial class Log
{
    [LoggerMessage(201, LogLevel.Error, "The request observer {Observer} threw; it is told further footprints. This is logged once.")]
    public static partial void ObserverThrew(ILogger logger, string observer, Exception exception);
}
