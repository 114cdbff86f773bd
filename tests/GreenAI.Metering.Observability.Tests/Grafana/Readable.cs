using System.Text.Encodings.Web;
using System.Text.Json;

namespace GreenAI.Metering.Observability.Tests.Grafana;

/// <summary>JSON as the file has it, whatever its line ends.</summary>
internal static class Readable
{
    public static JsonSerializerOptions Json { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
