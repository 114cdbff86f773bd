using System.Text.Json;

namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>The report in two files: JSON for programs, Markdown for people.</summary>
internal static class ReportFiles
{
    public static async Task WriteAsync(EfficiencyReport report, SampleOptions options)
    {
        await using (FileStream json = File.Create(options.ReportPath)) await report.WriteJsonAsync(json);
        await File.WriteAllTextAsync(options.MarkdownPath, report.ToMarkdown());
    }

    /// <summary>Reads the file as a reader without the library would.</summary>
    public static async Task<CpiCheck?> CheckAsync(string path)
    {
        await using FileStream json = File.OpenRead(path);
        using JsonDocument written = await JsonDocument.ParseAsync(json);
        return CpiCheck.Of(written.RootElement);
    }
}
