using System.Net;

namespace GreenAI.Metering;

/// <summary>What came of one request: a body, or why there is none.</summary>
internal readonly struct GridReply
{
    public GridReply(byte[] body) => (Status, Body) = (HttpStatusCode.OK, body);

    public GridReply(CarbonIntensityAnswer refusal, HttpStatusCode? status = null) => (Refusal, Status, Body) = (refusal, status, []);

    /// <summary>The status; null when there was no response.</summary>
    public HttpStatusCode? Status { get; }

    public byte[] Body { get; }

    /// <summary>Why there is no body; null when there is one.</summary>
    public CarbonIntensityAnswer? Refusal { get; }
}
