namespace GreenAI.Metering;

/// <summary>The published JSON Schema of policies, by which they are also read.</summary>
internal static class PolicySchema
{
    /// <summary>A line of text: no control character or line break, no space at an end.</summary>
    private const string Line = @"^[^ \u0000-\u001f\u007f-\u009f\u2028\u2029]([^\u0000-\u001f\u007f-\u009f\u2028\u2029]*[^ \u0000-\u001f\u007f-\u009f\u2028\u2029])?$";
    private const string Duration = "P(?=.)([0-9]{1,6}W)?([0-9]{1,6}D)?(T(?=.)([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,6}([.][0-9]{1,7})?S)?)?";

    private static readonly PublishedSchema _schema = new(
        "GreenAI.Metering.policy.schema.json",
        new Dictionary<string, SchemaPattern>
        {
            [Line] = new(IsLine, "it must be a line of text without control characters and without spaces at its ends,"),
            [$"^{Duration}$"] = new(text => PolicyDuration.TryParse(text, out _), PolicyDuration.Wanted),
            [$"^(event|warn|deny|degrade:{Line[1..^1]}|delay:{Duration})$"] = new(text => PolicyAction.TryParse(text, out _), PolicyAction.Wanted),
        });

    public static string Text => _schema.Text;

    public static SchemaNode Root => _schema.Root;

    public static bool IsLine(string text) =>
        text.Length > 0 && text[0] != ' ' && text[^1] != ' ' && !text.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029');
}
