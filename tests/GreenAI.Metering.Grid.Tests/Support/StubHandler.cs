using System.Net;
using System.Text;

namespace GreenAI.Metering.Grid.Tests;

/// <summary>Answers requests without a network.</summary>
internal sealed class StubHandler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public StubHandler(Func<HttpRequestMessage, HttpResponseMessage> answer)
        : this((request, _) => Task.FromResult(answer(request)))
    {
    }

    public static HttpResponseMessage Response(int status, string body) => Response(status, Encoding.UTF8.GetBytes(body));

    public static HttpResponseMessage Response(int status, byte[] body) => new((HttpStatusCode)status) { Content = new ByteArrayContent(body) };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        answer(request, cancellationToken);
}
