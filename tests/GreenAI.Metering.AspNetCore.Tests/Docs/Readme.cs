namespace GreenAI.Metering.AspNetCore.Tests.Docs;

/// <summary>The README of the repository, built into the test assembly.</summary>
internal static class Readme
{
    public static string Text
    {
        get
        {
            using Stream stream = typeof(Readme).Assembly.GetManifestResourceStream("README.md")!;
            using StreamReader reader = new(stream);
            return reader.ReadToEnd().ReplaceLineEndings("\n");
        }
    }
}
