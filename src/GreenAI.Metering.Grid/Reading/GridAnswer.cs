using System.Globalization;
using System.Text.Json;

namespace GreenAI.Metering;

/// <summary>Turns a body into an answer. Whatever the bytes are, it does not throw.</summary>
internal static class GridAnswer
{
    public static CarbonIntensityAnswer Read(string source, ReadOnlyMemory<byte> body, Func<JsonElement, CarbonIntensityAnswer> read)
    {
        try
        {
            using JsonDocument document = GridJson.Parse(body);
            return read(document.RootElement);
        }
        catch (GridFormatException exception)
        {
            return Malformed(source, exception.Message);
        }
        catch (JsonException exception)
        {
            return Malformed(source, NotJson(body.Span, exception));
        }
        catch (InvalidOperationException)
        {
            // What the JSON reader throws for bytes that are not UTF-8 and for escapes that are half a character.
            return Malformed(source, "it holds a text that is not Unicode");
        }
    }

    public static CarbonIntensityAnswer Malformed(string source, string why) =>
        CarbonIntensityAnswer.Refused(CarbonGap.Malformed, $"{source} gave an answer that cannot be understood: {why}.");

    // Where, but not what: an error page may say anything.
    private static string NotJson(ReadOnlySpan<byte> body, JsonException exception)
    {
        ReadOnlySpan<byte> text = body.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty) return "it is empty";
        return text[0] == (byte)'<'
            ? "it is an HTML or XML page and not JSON; is there a proxy or a sign-in page in between?"
            : string.Create(CultureInfo.InvariantCulture, $"it is not JSON (line {exception.LineNumber}, byte {exception.BytePositionInLine})");
    }
}
