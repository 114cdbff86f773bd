using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace GreenAI.Metering.Fuzz;

/// <summary>What holds for every answer, whoever asks for what.</summary>
internal static class WebPromises
{
    private static readonly SearchValues<char> _sendable = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static code => (char)code), '\t']);

    public static void Check(WebRequest request, WebAnswer answer)
    {
        CheckHeaders(answer.Headers);
        CheckHeaders(answer.Trailers);
        FuzzFailure.Unless(answer.StatusCode is >= 200 and < 500, "no request is answered as if the service had failed");
        string type = answer.Headers.ContentType.ToString();
        bool isJson = type.StartsWith("application/json", StringComparison.Ordinal) || type.Contains("+json", StringComparison.Ordinal);
        // A status of gRPC has no body, whatever form its messages have.
        if (type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase)) return;
        if (isJson && !request.HasGone && !HttpMethods.IsHead(request.Method)) FuzzFailure.Unless(IsJson(ChunkedText.Body(answer)), "an answer that says it is JSON is JSON");
    }

    public static bool IsJson(ReadOnlyMemory<byte> text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // What else stands in a header Kestrel refuses to send, and the caller gets a 500.
    private static void CheckHeaders(IHeaderDictionary headers)
    {
        foreach ((string name, StringValues values) in headers)
        {
            foreach (string? value in values) FuzzFailure.Unless(!value.AsSpan().ContainsAnyExcept(_sendable), $"the header {name} can be sent");
        }
    }
}
