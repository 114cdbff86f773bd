namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>What the sample logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Model} is ready: {Accuracy:P1} right on unseen pictures, {Bytes:N0} bytes as ONNX.")]
    public static partial void ModelReady(ILogger logger, string model, double accuracy, int bytes);
}
