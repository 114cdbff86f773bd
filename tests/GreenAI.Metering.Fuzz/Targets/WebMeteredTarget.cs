using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.Fuzz;

/// <summary>Requests of metered endpoints: who is let in, what is told of costs, and what the books say afterwards.</summary>
internal sealed class WebMeteredTarget : IFuzzTarget
{
    private static readonly string[] _figures = ["Carbon-Emissions-Scope-2", "Server-Timing", "Trailer"];

    // Made when it is run: others are run alone.
    private MeteredApp? _app;

    public string Name => "web-metered";

    public int Inputs => 20_000;

    // The server's side of a request and its JSON.
    public long AllocationBound => 1 << 17;

    public IReadOnlyList<byte[]> Corpus { get; } = WebCorpus.Metered;

    public void Run(ReadOnlySpan<byte> input)
    {
        if (WebRequest.Parse(input) is not { } request) return;
        MeteredApp app = _app ??= new MeteredApp();
        WebOutcomes before = app.Done;
        WebAnswer answer = app.Rig.Serve(request);
        WebPromises.Check(request, answer);
        if (!request.HasGone) Check(request, answer, app.Done != before);
        if (app.Done != before) CheckBooks(app);
        FuzzFailure.Unless(app.Rig.Models <= MeteredApp.MaxNames + 1 && app.Rig.Tenants <= MeteredApp.MaxNames + 1, "callers cannot make more names than the options let");
    }

    // What is in the books and was not done is seen at the next request that does something.
    private static void CheckBooks(MeteredApp app)
    {
        app.Rig.Tick();
        EnergyTotals totals = app.Rig.Meter.GetTotals();
        FuzzFailure.Unless(WebOutcomes.Of(totals) == app.Done && totals.OpenScopes == 0, "each inference is in the books once, with its outcome");
    }

    private static void Check(WebRequest request, WebAnswer answer, bool hasRun)
    {
        string? endpoint = answer.Features.Get<Microsoft.AspNetCore.Http.Features.IEndpointFeature>()?.Endpoint?.DisplayName;
        if (endpoint == MeteredApp.Open && hasRun) CheckTold(request, answer);
        else CheckNotTold(answer);
        if (endpoint is null or "unmetered") return;
        string? tenant = WebTenant.Of(request);
        if (tenant is null || endpoint == MeteredApp.Refused)
        {
            FuzzFailure.Unless(!hasRun && IsRefused(request, answer, tenant is null ? (403, "7") : (429, "8")), "who has no tenant, or no budget, is refused in its own protocol");
        }
        else if (hasRun && endpoint != "backend")
        {
            using JsonDocument body = JsonDocument.Parse(ChunkedText.Body(answer));
            string? told = body.RootElement.GetProperty("tenant").GetString();
            FuzzFailure.Unless(told == tenant || (told == "(overflow)" && tenant != "acme"), "a request runs on the account of its own tenant");
        }
        else
        {
            FuzzFailure.Unless(hasRun || (endpoint == "run" && answer.StatusCode == 400), "who has a tenant and a budget is let in");
        }
    }

    private static bool IsRefused(WebRequest request, WebAnswer answer, (int Http, string Grpc) status) => WebTenant.IsGrpc(request)
        ? answer.StatusCode == 200 && answer.Headers["grpc-status"] == status.Grpc && IsOneType(answer.Headers.ContentType.ToString())
        : answer.StatusCode == status.Http && answer.Headers.ContentType == "application/problem+json";

    private static bool IsOneType(string type) =>
        type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) && System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(type, out _);

    private static void CheckTold(WebRequest request, WebAnswer answer)
    {
        FuzzFailure.Unless(IsFigure(answer.Headers[_figures[0]]) && answer.Headers[_figures[1]].ToString().StartsWith("energy;desc=", StringComparison.Ordinal), "who has opted in is told");
        bool hasTrailer = request.Protocol != "HTTP/1.0" && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsConnect(request.Method);
        FuzzFailure.Unless(hasTrailer == ChunkedText.Trailer(answer) is not null, "a body that can have a trailer has it");
        using JsonDocument body = JsonDocument.Parse(ChunkedText.Body(answer));
        FuzzFailure.Unless(body.RootElement.GetProperty("usage").TryGetProperty("carbon", out _), "a handler that has opted in may tell");
    }

    private static void CheckNotTold(WebAnswer answer)
    {
        FuzzFailure.Unless(!_figures.Any(name => answer.Headers.ContainsKey(name) || answer.Trailers.ContainsKey(name)), "who has not opted in is told nothing in headers");
        if (answer.Headers.ContentType.ToString() is not ("application/json" or "application/problem+json") || answer.Written.Length == 0) return;
        using JsonDocument body = JsonDocument.Parse(ChunkedText.Body(answer));
        bool tells = body.RootElement.TryGetProperty("usage", out JsonElement usage) && usage.EnumerateObject().Any();
        bool tellsWhy = body.RootElement.TryGetProperty("detail", out JsonElement detail) && detail.GetString()!.Any(char.IsAsciiDigit);
        FuzzFailure.Unless(!tells && !tellsWhy, "who has not opted in is told nothing in the body");
    }

    private static bool IsFigure(string? text) =>
        double.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out double figure) && figure > 0;
}
