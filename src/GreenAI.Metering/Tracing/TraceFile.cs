using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The file of <see cref="GreenAIMeteringOptions.TraceFile"/>.</summary>
internal static class TraceFile
{
    private const string TimeMark = "{time}";

    /// <summary>What is wrong with the path as far as can be told without touching it; null when nothing is.</summary>
    public static string? Check(string path, string section)
    {
        if (string.IsNullOrWhiteSpace(path)) return $"{section}:TraceFile is empty; it must be the path of a file that does not exist yet, or null.";
        string folder;
        try
        {
            folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or PathTooLongException)
        {
            return $"{section}:TraceFile is '{path}', which is no path: {exception.Message}";
        }

        if (!Directory.Exists(folder)) return $"{section}:TraceFile is '{path}'; its folder {folder} does not exist.";
        return Path.Exists(path) ? Taken(path, section) : null;
    }

    /// <summary>Creates the file, readable by this user only: fine-grained energy is a side channel.</summary>
    /// <exception cref="ArgumentException">It cannot be created; the message names the key.</exception>
    public static Stream Create(string path, DateTimeOffset now)
    {
        string name = path.Replace(TimeMark, now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new FileStream(name, options);
        }
        catch (IOException) when (File.Exists(name))
        {
            throw new ArgumentException(Taken(name, GreenAIMeteringOptionsRules.DefaultSection), nameof(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException(
                $"{GreenAIMeteringOptionsRules.DefaultSection}:TraceFile is '{path}'; it cannot be written: {exception.Message}", nameof(path), exception);
        }
    }

    private static string Taken(string path, string section) =>
        $"{section}:TraceFile is '{path}', which exists already; name another, or put {TimeMark} into the name, which stands for the time of the start.";
}
