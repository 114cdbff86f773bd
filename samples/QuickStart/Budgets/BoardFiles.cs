namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>The board's report in two files: JSON for programs, Markdown for people.</summary>
internal static class BoardFiles
{
    public static async Task WriteAsync(BoardReport report, SampleOptions options)
    {
        await File.WriteAllTextAsync(options.BoardPath, report.ToJson());
        await File.WriteAllTextAsync(options.BoardMarkdownPath, report.ToMarkdown());
    }
}
