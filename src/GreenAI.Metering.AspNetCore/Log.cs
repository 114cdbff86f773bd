using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

internal static partial class Log
{
    [LoggerMessage(201, LogLevel.Error, "The request observer {Observer} threw; it is told further footprints. This is logged once.")]
    public static partial void ObserverThrew(ILogger logger, string observer, Exception exception);

    [LoggerMessage(202, LogLevel.Warning, "{Endpoint} is marked as an inference, and no request is metered or admitted: call app.UseInferenceMetering().")]
    public static partial void NotMetered(ILogger logger, string endpoint);
}
