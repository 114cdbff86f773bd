using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering;

/// <summary>Writes the cost of a request into JSON answers.</summary>
public static class UsageCarbonJsonWriterExtensions
{
    /// <summary>Writes <c>"carbon":{…}</c> into the object that is open, usually <c>usage</c>; nothing where <see cref="UsageCarbon.For"/> gives none.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="context">The request.</param>
    /// <returns>Whether something was written.</returns>
    public static bool WriteUsageCarbon(this Utf8JsonWriter writer, HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (UsageCarbon.For(context) is not { } carbon) return false;
        writer.WritePropertyName("carbon"u8);
        carbon.WriteTo(writer);
        return true;
    }
}
