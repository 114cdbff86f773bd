using Microsoft.Data.Sqlite;

namespace GreenAI.Metering;

/// <summary>What SQLite's errors mean for a ledger, and what to do about them.</summary>
/// <remarks>Codes: https://www.sqlite.org/rescode.html.</remarks>
internal static class SqliteErrors
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    // A full disk has no room for the memory that connections share either, which is told as an error of input and output.
    private const int NoRoomForSharedMemory = InputOutput | (19 << 8);

    public static bool IsBusy(SqliteException e) => e.SqliteErrorCode is Busy or Locked;

    public static bool IsMissingLibrary(Exception e) => (e as TypeInitializationException)?.InnerException is DllNotFoundException || e is DllNotFoundException;

    public static LedgerUnavailableException MissingLibrary(Exception e) =>
        new("SQLite's native library cannot be loaded: publish for the platform that this runs on, with the package SQLitePCLRaw.lib.e_sqlite3.", e);

    public static LedgerUnavailableException Of(string path, SqliteException e) =>
        new(FormattableString.Invariant($"The ledger's file '{path}' {Meaning(path, e)} (SQLite: error {e.SqliteErrorCode}/{e.SqliteExtendedErrorCode}, {e.Message})"), e);

    public static LedgerUnavailableException Of(string path, string meaning) => new($"The ledger's file '{path}' {meaning}", null);

    private static string Meaning(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        Busy or Locked => "is held by another process for longer than BusyTimeout: raise it, or look for a process that keeps it locked.",
        ReadOnly => "cannot be written: give this process the right to write the file and its directory.",
        CannotOpen when Directory.Exists(path) => "is a directory: name a file in it.",
        CannotOpen when !Directory.Exists(Path.GetDirectoryName(path)) => "has no directory: make it, or set Path.",
        CannotOpen => "cannot be opened: give this process the right to read and write the file and its directory.",
        _ when e.SqliteErrorCode == Full || e.SqliteExtendedErrorCode == NoRoomForSharedMemory => "cannot grow, because the disk is full: make room.",
        InputOutput => "cannot be read or written: look for errors of the disk, and for a file system that SQLite's locks do not work on (a network's).",
        NotADatabase => "is not a SQLite database, so it was left as it is: set Path to another file.",
        Corrupt => Damaged,
        _ => "cannot be used.",
    };

    public const string Damaged =
        "is damaged: stop the processes that use it, keep a copy, and let 'sqlite3 FILE .recover | sqlite3 NEW' save what can be saved, or restore a backup; without one, move it away and a new one is begun.";
}
