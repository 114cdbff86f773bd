namespace GreenAI.Metering.Tests;

/// <summary>A folder of its own for a test, deleted at the end.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } =
        Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"greenai-{Guid.NewGuid():N}")).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
