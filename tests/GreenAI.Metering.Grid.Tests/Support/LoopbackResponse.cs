using System.Globalization;
using System.Text;

namespace GreenAI.Metering.Grid.Tests;

/// <summary>A response as it goes over the wire.</summary>
internal sealed record LoopbackResponse(int Status, byte[] Body)
{
    public LoopbackResponse(int status, string body = "")
        : this(status, Encoding.UTF8.GetBytes(body))
    {
    }

    /// <summary>Header lines beside the length.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>What the length says; null leaves it out, and the end of the connection ends the body.</summary>
    public long? Length { get; init; } = -1;

    public byte[] ToBytes()
    {
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} Said\r\nConnection: close\r\nContent-Type: application/json\r\n");
        if (Length is { } length && Status != 204) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {(length < 0 ? Body.Length : length)}\r\n");
        foreach (string header in Headers) head.Append(header).Append("\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. Body];
    }
}
