using System.Text;

namespace GreenAI.Metering.Fuzz;

/// <summary>What holds for the bodies of the page and the endpoints beside it, whatever names stand in them.</summary>
internal static class WebBody
{
    public static void Check(WebAnswer answer)
    {
        string text = Encoding.UTF8.GetString(answer.Written.Bytes.Span);
        string type = answer.Headers.ContentType.ToString().Split(';')[0];
        bool holds = type switch
        {
            "text/event-stream" => IsStream(text),
            "text/csv" => WebTable.HasColumns(text),
            "text/markdown" => WebTable.HasRows(text),
            "application/json" or "text/html" or "text/css" or "text/javascript" or "image/svg+xml" => text.Length > 0,
            _ => false,
        };
        FuzzFailure.Unless(holds, $"an answer is well-formed {type}");
    }

    private static bool IsStream(string text) => text.EndsWith("\n\n", StringComparison.Ordinal)
        && text[..^2].Split("\n\n") is ["retry: 2000", var history, var snapshot] && IsEvent(history) && IsEvent(snapshot);

    private static bool IsEvent(string text) => text.Split('\n') is [['e', 'v', 'e', 'n', 't', ':', ..], ['d', 'a', 't', 'a', ':', .. var data]] && WebPromises.IsJson(Encoding.UTF8.GetBytes(data));
}
