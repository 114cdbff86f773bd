using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GreenAI.Metering;

/// <summary>An open file of a ledger. Not thread-safe; every call blocks.</summary>
internal sealed class SqliteLedgerFile : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _beginReading;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollBack;
    private readonly SqliteBooks _books;

    private SqliteLedgerFile(SqliteConnection connection)
    {
        _connection = connection;
        // Immediate: whoever reads what it is about to change must keep others from changing it.
        _begin = new(connection, "BEGIN IMMEDIATE");
        _beginReading = new(connection, "BEGIN");
        _commit = new(connection, "COMMIT");
        _rollBack = new(connection, "ROLLBACK");
        _books = new(connection);
    }

    /// <exception cref="SqliteException">It cannot be opened.</exception>
    /// <exception cref="LedgerUnavailableException">It is not a ledger's, newer than this program, or damaged.</exception>
    public static SqliteLedgerFile Open(string path, TimeSpan busyTimeout)
    {
        SqliteConnectionStringBuilder builder = new()
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            Pooling = false,
            // The driver tries again for so long what SQLite's own waiting does not cover: two that make the file at once.
            DefaultTimeout = (int)Math.Ceiling(busyTimeout.TotalSeconds),
        };
        SqliteConnection connection = new(builder.ConnectionString);
        try
        {
            connection.Open();
            Set(connection, string.Create(CultureInfo.InvariantCulture, $"busy_timeout = {(long)busyTimeout.TotalMilliseconds}"));
            // Asks what the file is before anything of it is changed.
            SqliteSchema.Prepare(connection, path);
            if (Set(connection, "journal_mode = WAL") != "wal")
            {
                throw SqliteErrors.Of(path, "cannot have a write-ahead log: it must be on a local disk whose file system has shared memory.");
            }

            Set(connection, "synchronous = FULL");
            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public IReadOnlyList<LedgerReply> Exchange(IReadOnlyList<LedgerRequest> requests, DateTimeOffset now) => InTransaction(_begin, () =>
    {
        LedgerReply[] replies = new LedgerReply[requests.Count];
        for (int i = 0; i < replies.Length; i++)
        {
            LedgerRequest request = requests[i];
            long account = _books.Find(request.Account.Key) ?? _books.Add(request.Account.Key);
            AccountBook book = _books.Load(account, request.Holder, request.Lease);
            replies[i] = book.Exchange(request, now);
            _books.Save(account, book);
        }

        return replies;
    });

    public LedgerBalance? Read(LedgerAccount account, DateTimeOffset now) => InTransaction(
        _beginReading, () => _books.Find(account.Key) is { } id ? _books.Load(id, "", 0).Read(account, now) : null);

    public void Dispose()
    {
        _books.Dispose();
        _begin.Dispose();
        _beginReading.Dispose();
        _commit.Dispose();
        _rollBack.Dispose();
        _connection.Dispose();
    }

    private static string? Set(SqliteConnection connection, string pragma)
    {
        using SqliteStatement statement = new(connection, "PRAGMA " + pragma);
        return statement.Text();
    }

    private T InTransaction<T>(SqliteStatement begin, Func<T> work)
    {
        begin.Run();
        bool isDone = false;
        try
        {
            T result = work();
            _commit.Run();
            isDone = true;
            return result;
        }
        finally
        {
            if (!isDone) RollBack();
        }
    }

    private void RollBack()
    {
        try
        {
            _rollBack.Run();
        }
        catch (SqliteException)
        {
            // Some errors (a full disk) have ended the transaction already; the one that led here is the one to tell.
        }
    }
}
