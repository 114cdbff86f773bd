using System.Globalization;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Values as policies write them. What cannot be written as what it should be comes out as something that the reader refuses.</summary>
internal static class PolicyWriting
{
    public static void Text(this Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null) writer.WriteString(name, text);
    }

    public static void Number(this Utf8JsonWriter writer, string name, double? number)
    {
        if (number is not { } value) return;
        // Minus zero is zero.
        if (double.IsFinite(value)) writer.WriteNumber(name, value + 0.0);
        else writer.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    public static void Word<T>(this Utf8JsonWriter writer, string name, WordTable<T> words, T value)
        where T : struct, Enum => writer.WriteString(name, words.Of(value) ?? value.ToString());

    public static void Action(this Utf8JsonWriter writer, BudgetAction? action) => writer.WriteString("do", action is null ? null : PolicyAction.Write(action));

    public static void Texts(this Utf8JsonWriter writer, string name, IReadOnlyList<string>? texts)
    {
        if (texts is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (string text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    public static void List<T>(this Utf8JsonWriter writer, string name, IReadOnlyList<T>? items, Action<Utf8JsonWriter, T> write)
    {
        if (items is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            if (item is null)
            {
                writer.WriteNullValue();
                continue;
            }

            writer.WriteStartObject();
            write(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
