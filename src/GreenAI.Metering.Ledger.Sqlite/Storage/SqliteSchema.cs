using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GreenAI.Metering;

/// <summary>The tables of a ledger's file. Instants are ticks in UTC, amounts whole micrograms or microjoules.</summary>
internal static class SqliteSchema
{
    /// <summary>In the header of the file: which version of these tables it has.</summary>
    public const long Version = 1;

    /// <summary>In the header of the file: whose it is ("GAML").</summary>
    public const long ApplicationId = 0x47414D4C;

    private const string Tables =
        """
        CREATE TABLE account(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE period(
            id INTEGER PRIMARY KEY,
            account INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            starts INTEGER NOT NULL,
            ends INTEGER NOT NULL,
            rolls_over INTEGER NOT NULL,
            carried_over INTEGER NOT NULL,
            carries_on INTEGER NOT NULL,
            limit_amount INTEGER NOT NULL,
            settled INTEGER NOT NULL,
            overrun INTEGER NOT NULL,
            last_lease INTEGER NOT NULL,
            UNIQUE(account, name)) STRICT;
        CREATE TABLE lease(
            period INTEGER NOT NULL REFERENCES period(id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            holder TEXT NOT NULL,
            granted INTEGER NOT NULL,
            spent INTEGER NOT NULL,
            returned INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            state INTEGER NOT NULL,
            is_named INTEGER NOT NULL,
            PRIMARY KEY(period, number, holder)) STRICT, WITHOUT ROWID;
        CREATE TABLE part(
            period INTEGER NOT NULL REFERENCES period(id) ON DELETE CASCADE,
            part INTEGER NOT NULL,
            settled INTEGER NOT NULL,
            overrun INTEGER NOT NULL,
            PRIMARY KEY(period, part)) STRICT, WITHOUT ROWID;
        """;

    /// <summary>Makes the tables in an empty file, and refuses files of others, of a newer version, and damaged ones.</summary>
    public static void Prepare(SqliteConnection connection, string path)
    {
        if (Pragma(connection, "application_id") == 0 && IsEmpty(connection)) Make(connection);
        long owner = Pragma(connection, "application_id"), version = Pragma(connection, "user_version");
        if (owner != ApplicationId) throw SqliteErrors.Of(path, "is a SQLite database of another program, so it was left as it is: set Path to another file.");
        if (version != Version)
        {
            throw SqliteErrors.Of(path, string.Create(
                CultureInfo.InvariantCulture,
                $"has version {version} of its tables, made by a newer GreenAI.Metering; this one knows version {Version}: update this program, or set Path to another file."));
        }

        using SqliteStatement check = new(connection, "PRAGMA quick_check(1)");
        if (check.Text() is not "ok") throw SqliteErrors.Of(path, SqliteErrors.Damaged);
    }

    private static void Make(SqliteConnection connection)
    {
        Run(connection, "BEGIN IMMEDIATE");

        // Another process may have been faster.
        if (IsEmpty(connection))
        {
            Run(connection, Tables);
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}"));
        }

        Run(connection, "COMMIT");
    }

    private static bool IsEmpty(SqliteConnection connection)
    {
        using SqliteStatement count = new(connection, "SELECT count(*) FROM sqlite_schema");
        return count.Number() == 0;
    }

    private static long Pragma(SqliteConnection connection, string name)
    {
        using SqliteStatement pragma = new(connection, "PRAGMA " + name);
        return pragma.Number() ?? 0;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteStatement statement = new(connection, sql);
        statement.Run();
    }
}
