using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The names in a log's folder.</summary>
internal static class AuditFolder
{
    public const string LockName = "audit.lock";
    public const string HeadName = "audit.head";
    private const string Prefix = "audit-";
    private const string Suffix = ".jsonl";
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D6}{Suffix}");

    /// <summary>The files of the log in their order. Other names are not the log's.</summary>
    public static List<(int Number, string Name)> Files(string folder)
    {
        List<(int Number, string Name)> files = [];
        foreach (string path in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}"))
        {
            string name = Path.GetFileName(path);
            ReadOnlySpan<char> digits = name.AsSpan(Prefix.Length, name.Length - Prefix.Length - Suffix.Length);
            if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && Name(number) == name) files.Add((number, name));
        }

        files.Sort();
        return files;
    }

    /// <summary>Whether the log had a first record with an anchor at some time: then the lock is not empty. It is not opened, for the log may hold it.</summary>
    public static bool IsBegun(string folder) => new FileInfo(Path.Combine(folder, LockName)) is { Exists: true, Length: > 0 };

    /// <summary>Makes the folder for this user only; one that exists is left as it is.</summary>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, Own | UnixFileMode.UserExecute);
    }

    /// <summary>Opens a file to write, for this user only where it is made.</summary>
    public static FileStream OpenToWrite(string path, FileMode mode, FileShare share)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open) options.UnixCreateMode = Own;
        return new FileStream(path, options);
    }

    /// <summary>Opens a file to read while the log may be writing it.</summary>
    public static FileStream OpenToRead(string path) =>
        new(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });

    /// <summary>Whether an exception is what files throw: not there, not allowed, full, held by another.</summary>
    public static bool IsOfFiles(Exception exception) => exception is IOException or UnauthorizedAccessException or System.Security.SecurityException;
}
