using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace GreenAI.Metering;

/// <summary>
/// The body of an HTTP/1.1 response that is cut into chunks here (RFC 9112, section 7.1), because Kestrel has trailers for HTTP/2 and 3 only: the last chunk carries ours. Passes
/// everything on as it is while <see cref="IsChunked"/> is not set.
/// </summary>
internal sealed class ChunkedBody(IHttpResponseBodyFeature server, IHttpResponseFeature response, IHttpBodyControlFeature? control) : Stream
{
    /// <summary>Whether the response has been said to come in chunks; set when it starts.</summary>
    public bool IsChunked { get; set; }

    /// <summary>Whether the handler is done: what starts now has no body from it.</summary>
    public bool IsOver { get; set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // A chunk of no bytes would be the last one.
        if (buffer.IsEmpty) return;
        if (!response.HasStarted) await server.StartAsync(cancellationToken).ConfigureAwait(false);
        PipeWriter writer = server.Writer;
        if (!IsChunked)
        {
            await writer.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            return;
        }

        Write(writer, string.Create(CultureInfo.InvariantCulture, $"{buffer.Length:x}\r\n"));
        writer.Write(buffer.Span);
        Write(writer, "\r\n");
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the chunks, with a trailer or without.</summary>
    public async Task EndAsync(string name, string? value)
    {
        if (!IsChunked) return;
        Write(server.Writer, value is null ? "0\r\n\r\n" : $"0\r\n{name}: {value}\r\n\r\n");
        await server.Writer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => server.Writer.FlushAsync(cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        // As the server itself has it.
        if (control is { AllowSynchronousIO: false }) throw new InvalidOperationException("Synchronous operations are disallowed. Call WriteAsync or set AllowSynchronousIO to true instead.");
        WriteAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();
    }

    public override void Flush()
    {
        if (control is { AllowSynchronousIO: false }) throw new InvalidOperationException("Synchronous operations are disallowed. Call FlushAsync or set AllowSynchronousIO to true instead.");
        FlushAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static void Write(PipeWriter writer, string ascii) => writer.Write(Encoding.ASCII.GetBytes(ascii));
}
