using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.Fuzz;

/// <summary>Requests of the page and the endpoints beside it: callers on this machine get what they ask for, others get nothing.</summary>
internal class WebPagesTarget : IFuzzTarget
{
    // Made when it is run: others are run alone.
    private WebRig? _rig;

    public virtual string Name => "web-pages";

    public int Inputs => 20_000;

    // The page's largest file, its snapshot, a report made anew.
    public long AllocationBound => 1 << 20;

    public virtual IReadOnlyList<byte[]> Corpus { get; } = WebCorpus.Pages;

    public void Run(ReadOnlySpan<byte> input)
    {
        if (WebRequest.Parse(input) is not { } request) return;
        WebRig rig = _rig ??= Start();
        if (request.Headers.ContainsKey("X-Later")) rig.Time.Advance(TimeSpan.FromSeconds(1));
        WebAnswer answer = rig.Serve(request);
        WebPromises.Check(request, answer);
        if (!request.HasGone) Check(request, answer);
        FuzzFailure.Unless(rig.Models == 2 && rig.Tenants == 0, "nobody makes a name by asking for it");
    }

    protected virtual WebRig Start() => PagesApp.Start();

    private static void Check(WebRequest request, WebAnswer answer)
    {
        bool isHead = HttpMethods.IsHead(request.Method);
        FuzzFailure.Unless(!isHead || answer.Written.Length == 0 || answer.StatusCode == 403, "a question for headers gets no body");
        if (answer.StatusCode is 404 or 405 && answer.Written.Length == 0 && answer.Headers.ContentSecurityPolicy.Count == 0) return;
        if (request.Path.Equals(PagesApp.Document, StringComparison.OrdinalIgnoreCase) || request.Path.Equals(PagesApp.Document + "/", StringComparison.OrdinalIgnoreCase))
        {
            FuzzFailure.Unless(answer.StatusCode == (request.IsHttps ? 200 : 403), "the document is for everybody, by HTTPS");
        }
        else if (WebCaller.IsLocal(request))
        {
            FuzzFailure.Unless(answer.StatusCode is 200 or 304 or 307 or 400 or 404, "a caller on this machine is answered");
            if (answer.StatusCode == 200 && !isHead) WebBody.Check(answer);
        }
        else
        {
            FuzzFailure.Unless(answer.StatusCode == 403 && answer.Written.Bytes.Span.StartsWith("Only callers on the same machine"u8), "a caller from elsewhere gets nothing");
            FuzzFailure.Unless(answer.Headers.Count == 2 && answer.Headers.CacheControl == "no-store", "a caller from elsewhere gets nothing in headers");
        }
    }
}
