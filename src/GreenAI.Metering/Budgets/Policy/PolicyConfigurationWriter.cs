using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace GreenAI.Metering;

/// <summary>Makes JSON of a section of the configuration, which knows only texts: the schema tells what they are of.</summary>
/// <remarks>A text that is not what it should be stays a text, so that the reader refuses it as it would in a file.</remarks>
internal sealed class PolicyConfigurationWriter
{
    /// <summary>The configuration's key of each place.</summary>
    public Dictionary<string, string> Keys { get; } = new(StringComparer.Ordinal);

    public ReadOnlyMemory<byte> Write(IConfigurationSection section)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter writer = new(bytes)) Write(writer, section, PolicySchema.Root, "$");
        return bytes.WrittenMemory;
    }

    private void Write(Utf8JsonWriter writer, IConfigurationSection section, SchemaNode? node, string path)
    {
        Keys.TryAdd(path, section.Path);
        IConfigurationSection[] parts = [.. section.GetChildren()];
        if (node?.Type == "array" && (parts.Length > 0 || string.IsNullOrEmpty(section.Value))) WriteList(writer, parts, node, path);
        else if (parts.Length > 0 || (node?.Type == "object" && string.IsNullOrEmpty(section.Value))) WriteObject(writer, parts, node, path);
        else WriteValue(writer, section.Value, node);
    }

    private void WriteObject(Utf8JsonWriter writer, IConfigurationSection[] parts, SchemaNode? node, string path)
    {
        writer.WriteStartObject();
        foreach (IConfigurationSection part in parts)
        {
            // Keys of the configuration do not tell capitals from small letters.
            string name = node?.Properties.Keys.FirstOrDefault(known => known.Equals(part.Key, StringComparison.OrdinalIgnoreCase)) ?? part.Key;
            writer.WritePropertyName(name);
            Write(writer, part, node?.Properties.GetValueOrDefault(name), path + SchemaWords.Part(name));
        }

        writer.WriteEndObject();
    }

    private void WriteList(Utf8JsonWriter writer, IConfigurationSection[] parts, SchemaNode node, string path)
    {
        writer.WriteStartArray();
        for (int i = 0; i < parts.Length; i++) Write(writer, parts[i], node.Items, path + SchemaWords.Part(i));
        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, string? text, SchemaNode? node)
    {
        if (text is null) writer.WriteNullValue();
        else if (node?.Type == "boolean" && bool.TryParse(text, out bool flag)) writer.WriteBooleanValue(flag);
        else if (node?.Type is "number" or "integer" && IsNumber(text)) writer.WriteRawValue(text);
        else writer.WriteStringValue(text);
    }

    private static bool IsNumber(string text)
    {
        try
        {
            using JsonDocument number = JsonDocument.Parse(text);
            return number.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            // A text it stays.
            return false;
        }
    }
}
