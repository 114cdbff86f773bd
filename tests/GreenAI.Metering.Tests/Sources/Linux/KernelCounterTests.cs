using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

public sealed class KernelCounterTests
{
    [Fact]
    public void TryRead_MissingFile_IsGone() => Check(static path => { }, SampleFault.Gone);

    [Fact]
    public void TryRead_MissingFolder_IsGone() => Check(static path => Directory.Delete(Path.GetDirectoryName(path)!), SampleFault.Gone, "sub");

    // Root may read any file, so the refusal is provoked by a folder: opening one fails as opening a forbidden file does.
    [Fact]
    public void TryRead_FileThatMayNotBeRead_IsNoPermission() => Check(static path => Directory.CreateDirectory(path), SampleFault.NoPermission);

    [Fact]
    public void TryRead_EmptyFile_IsMalformed() => Check(static path => File.WriteAllText(path, string.Empty), SampleFault.Malformed);

    [Fact]
    public void TryRead_TextLongerThanTheBuffer_IsMalformed() =>
        Check(static path => File.WriteAllText(path, new string('1', 100) + "\n"), SampleFault.Malformed);

    [Fact]
    public void TryRead_FileReplacedBehindAHeldHandle_SeenAfterAStillSecond()
    {
        using TempFolder folder = new();
        FakeTimeProvider time = new();
        string path = Path.Combine(folder.Path, "energy_uj");
        File.WriteAllText(path, "100\n");
        using KernelCounter counter = new(path, time);
        Assert.Equal(100, Read(counter, time));
        File.Delete(path);
        File.WriteAllText(path, "200\n");
        Assert.Equal(100, Read(counter, time));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(100, Read(counter, time));
        Assert.Equal(200, Read(counter, time));
    }

    private static long Read(KernelCounter counter, TimeProvider time)
    {
        Assert.Equal(SampleFault.None, counter.TryRead(time.GetTimestamp(), out long value));
        return value;
    }

    private static void Check(Action<string> prepare, SampleFault expected, string subfolder = "")
    {
        using TempFolder folder = new();
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, subfolder)).FullName, "energy_uj");
        prepare(path);
        using KernelCounter counter = new(path, TimeProvider.System);
        Assert.Equal(expected, counter.TryRead(0, out long value));
        Assert.Equal(0, value);
    }
}
