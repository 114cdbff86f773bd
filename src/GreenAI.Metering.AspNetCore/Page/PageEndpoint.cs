using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GreenAI.Metering;

/// <summary>Serves the page and its files.</summary>
internal static class PageEndpoint
{
    public static Task HandleAsync(HttpContext context)
    {
        string address = context.Request.PathBase.Add(context.Request.Path).ToUriComponent();
        if (address.EndsWith('/')) return ServeAsync(context, PageAssets.All[PageAssets.Index]);

        // The page names its files relative to itself, so that it works under any base: it needs the slash. The address is relative too,
        // since what a proxy has cut off in front of it is not known here.
        PageHeaders.Write(context.Response);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = $"./{address[(address.LastIndexOf('/') + 1)..]}/{Sendable(context.Request.QueryString)}";
        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        return Task.CompletedTask;
    }

    public static Task HandleAssetAsync(HttpContext context)
    {
        if (context.Request.RouteValues["name"] is string name && PageAssets.All.TryGetValue(name, out PageAsset? asset)) return ServeAsync(context, asset);
        PageHeaders.Write(context.Response);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    // Servers let in what they do not let out again; without its query the page is the same.
    private static string Sendable(QueryString query)
    {
        string text = query.ToUriComponent();
        return text.AsSpan().ContainsAnyExceptInRange('!', '~') ? "" : text;
    }

    private static Task ServeAsync(HttpContext context, PageAsset asset)
    {
        HttpResponse response = context.Response;
        PageHeaders.Write(response);
        // Asked for again each time, and answered in a line when it is the same: a new version of the service shows its own page at once.
        response.Headers.CacheControl = "no-cache";
        response.Headers.ETag = asset.EntityTag;
        if (IsKnown(context.Request, asset))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = asset.ContentType;
        response.ContentLength = asset.Content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(asset.Content, context.RequestAborted).AsTask();
    }

    private static bool IsKnown(HttpRequest request, PageAsset asset)
    {
        if (!EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out IList<EntityTagHeaderValue>? tags)) return false;
        foreach (EntityTagHeaderValue tag in tags)
        {
            if (tag.Tag == asset.EntityTag || tag.Tag == "*") return true;
        }

        return false;
    }
}
