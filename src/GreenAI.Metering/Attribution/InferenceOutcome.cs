namespace GreenAI.Metering;

/// <summary>How an inference ended. Its energy is counted whatever the outcome.</summary>
public enum InferenceOutcome : byte
{
    /// <summary>It gave a result.</summary>
    Succeeded = 0,

    /// <summary>It ended with an error.</summary>
    Failed = 1,

    /// <summary>Its scope was left without being completed (an exception, a disconnected caller).</summary>
    Abandoned = 2,
}
