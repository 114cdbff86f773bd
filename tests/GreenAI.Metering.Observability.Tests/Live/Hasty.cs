namespace GreenAI.Metering.Observability.Tests.Live;

/// <summary>
/// The files of the pack as they are, but in a hurry: a test cannot wait for a scrape each 15 seconds, for an alert that must hold an hour, or for yesterday.
/// Windows of rates stay: two samples within them are enough.
/// </summary>
internal static class Hasty
{
    public static string Configuration(string text) => Replaced(Replaced(text, "scrape_interval: 15s", "scrape_interval: 500ms"), "evaluation_interval: 15s", "evaluation_interval: 500ms");

    public static string Rules(string text)
    {
        string hurried = Expression(Replaced(text, "interval: 1m", "interval: 500ms"));
        foreach (string wait in (string[])["5m", "10m", "1h"]) hurried = Replaced(hurried, $"for: {wait}", "for: 0s");
        return hurried;
    }

    public static string Route(string text, Uri receiver) => Replaced(Replaced(Replaced(text, "http://localhost:9095/", receiver.ToString()), "group_wait: 30s", "group_wait: 500ms"), "group_interval: 5m", "group_interval: 1s");

    /// <summary>Yesterday is a second ago.</summary>
    public static string Expression(string expression) => expression.Replace("offset 1d", "offset 1s", StringComparison.Ordinal);

    private static string Replaced(string text, string from, string to)
    {
        Assert.Contains(from, text, StringComparison.Ordinal);
        return text.Replace(from, to, StringComparison.Ordinal);
    }
}
