using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>The problem details (RFC 9457) of a refusal. Says nothing of grams and joules unless the options allow it.</summary>
internal sealed class RefusalProblem
{
    private const string Types = "urn:greenai-metering:problem:";

    // A Retry-After of years is as good as none, and overflows what reads it.
    private const long LongestRetrySeconds = 366L * 24 * 3600;

    public static RefusalProblem UnknownTenant { get; } = new()
    {
        Type = Types + "unknown-tenant",
        Title = "The tenant is not known",
        Status = 403,
        Detail = "The request does not name a tenant that may run inferences here.",
    };

    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }

    /// <summary>The budget or target that decided.</summary>
    public string? Budget { get; init; }

    public Verdict? Verdict { get; init; }

    public long Decision { get; init; }

    public string? PolicyHash { get; init; }

    /// <summary>In whole seconds, rounded up; null where nobody knows.</summary>
    public long? RetryAfterSeconds { get; init; }

    public static RefusalProblem Of(in Admission admission, InferenceMeteringOptions options)
    {
        bool isDown = admission.IsLedgerDown;
        bool isDelay = admission.Verdict == Metering.Verdict.Delay;
        return new RefusalProblem
        {
            Type = Types + (isDown ? "budget-unavailable" : isDelay ? "budget-delay" : "budget-refused"),
            Title = isDown ? "The budget cannot be asked at present" : isDelay ? "The budget asks to try again later" : "The budget does not allow the request",
            Status = isDown ? 503 : options.RefusalStatus,
            Detail = options.TellReasons && admission.Reason.Length > 0 ? admission.Reason
                : isDown ? $"What is left of {admission.Rule} is not known at present."
                : isDelay ? $"{admission.Rule} asks to try this request again later."
                : $"{admission.Rule} does not allow this request at present.",
            Budget = admission.Rule,
            Verdict = admission.Verdict,
            Decision = admission.Decision,
            PolicyHash = admission.PolicyHash,
            RetryAfterSeconds = admission.RetryAfter is { } wait ? Math.Clamp((long)Math.Ceiling(wait.TotalSeconds), 1, LongestRetrySeconds) : null,
        };
    }

    public byte[] ToJson()
    {
        using var stream = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("type", Type);
            json.WriteString("title", Title);
            json.WriteNumber("status", Status);
            json.WriteString("detail", Detail);
            if (Budget is not null) json.WriteString("budget", Budget);
            if (Verdict is { } verdict) json.WriteString("verdict", verdict.ToString());
            if (Decision != 0) json.WriteNumber("decision", Decision);
            if (PolicyHash is not null) json.WriteString("policyHash", PolicyHash);
            if (RetryAfterSeconds is { } seconds) json.WriteNumber("retryAfter", seconds);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
