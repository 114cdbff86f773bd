namespace GreenAI.Metering.Observability.Tests;

/// <summary>The files of samples/Observability, as they are.</summary>
internal static class Pack
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Observability");

    public static string At(string path) => Path.Combine(Folder, path);

    public static string Read(string path) => File.ReadAllText(At(path));
}
