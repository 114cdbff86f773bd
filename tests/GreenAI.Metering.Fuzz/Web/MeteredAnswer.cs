using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.Fuzz;

/// <summary>What the handlers answer: for whom they ran, and what it has cost where that may be told.</summary>
internal static class MeteredAnswer
{
    public static async Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        using (var writer = new Utf8JsonWriter(context.Response.BodyWriter))
        {
            writer.WriteStartObject();
            writer.WriteString("tenant", context.GetInference()?.Tenant);
            writer.WriteStartObject("usage");
            writer.WriteUsageCarbon(context);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
