using System.Buffers.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary>The body of an answer, put together from its chunks where it was sent in chunks (RFC 9112, section 7.1).</summary>
internal static class ChunkedText
{
    public static ReadOnlyMemory<byte> Body(WebAnswer answer) =>
        answer.Headers.TransferEncoding.Count == 0 ? answer.Written.Bytes : Read(answer.Written.Bytes.Span, out _);

    /// <summary>The trailer after the last chunk; null: there is none.</summary>
    public static string? Trailer(WebAnswer answer)
    {
        if (answer.Headers.TransferEncoding.Count == 0) return answer.Trailers.FirstOrDefault().Value;
        Read(answer.Written.Bytes.Span, out string? trailer);
        return trailer;
    }

    private static byte[] Read(ReadOnlySpan<byte> text, out string? trailer)
    {
        List<byte> body = [];
        while (true)
        {
            int line = text.IndexOf("\r\n"u8);
            FuzzFailure.Unless(line > 0 && Utf8Parser.TryParse(text[..line], out int length, out int read, 'x') && read == line, "a chunk begins with its length");
            Utf8Parser.TryParse(text[..line], out int size, out _, 'x');
            text = text[(line + 2)..];
            if (size == 0) break;
            FuzzFailure.Unless(text.Length >= size + 2 && text.Slice(size, 2).SequenceEqual("\r\n"u8), "a chunk is as long as it says");
            body.AddRange(text[..size]);
            text = text[(size + 2)..];
        }

        FuzzFailure.Unless(text.EndsWith("\r\n"u8), "the last chunk ends the body");
        trailer = text.Length > 2 ? System.Text.Encoding.ASCII.GetString(text[..^4]) : null;
        return [.. body];
    }
}
