using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

/// <summary>Writes what the endpoints answer: not stored unless they say so, never guessed at by its content, without a body for HEAD.</summary>
internal static class EndpointAnswer
{
    private static readonly JsonWriterOptions _indented = new() { Indented = true };

    public static async Task WriteAsync(HttpContext context, int status, string mediaType, ReadOnlyMemory<byte> body, string cacheControl = "no-store")
    {
        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = mediaType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = cacheControl;
        response.Headers.XContentTypeOptions = "nosniff";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    public static Task WriteJsonAsync(HttpContext context, int status, Action<Utf8JsonWriter> write, string mediaType = "application/json")
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, _indented)) write(writer);
        return WriteAsync(context, status, mediaType, buffer.WrittenMemory);
    }

    /// <summary>Problem details (RFC 9457).</summary>
    public static Task ProblemAsync(HttpContext context, int status, string title, string detail) => WriteJsonAsync(
        context,
        status,
        writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("title", title);
            writer.WriteNumber("status", status);
            writer.WriteString("detail", detail);
            writer.WriteEndObject();
        },
        "application/problem+json");
}
