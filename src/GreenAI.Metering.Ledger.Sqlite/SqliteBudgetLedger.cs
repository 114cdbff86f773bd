using Microsoft.Data.Sqlite;

namespace GreenAI.Metering;

/// <summary>A ledger in a SQLite file: what was spent survives restarts and kills, and processes of one host can share it.</summary>
/// <remarks>
/// <para>
/// Each exchange is one transaction, on the disk before it is answered (write-ahead log, <c>synchronous = FULL</c>). A process that is killed at any point, or a
/// host that loses power, loses at most what had not been exchanged yet; nothing is booked twice. The file must be on a local disk: SQLite's locks and shared
/// memory do not work over networks.
/// </para>
/// <para>
/// What a lease holds is given back when its holder was silent for the lease's time to live: a process that died had told what it spent up to its last exchange.
/// One that was only paused and reports after all is booked, as an overrun. Of each account the current period is kept and at most two before it.
/// </para>
/// <para>
/// The file is opened at the first exchange and checked (<c>quick_check</c>); after an error, anew at the next. Thread-safe: calls wait for each other, and run on
/// the thread pool.
/// </para>
/// </remarks>
public sealed class SqliteBudgetLedger : IBudgetLedger
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly string _path;
    private readonly TimeSpan _busyTimeout;
    private readonly TimeProvider _timeProvider;
    private SqliteLedgerFile? _file;
    private bool _isDisposed;

    /// <summary>Makes a ledger; the file is opened at the first exchange.</summary>
    /// <param name="options">Where the file is. What is changed later has no effect.</param>
    /// <exception cref="ArgumentException">An option is impossible.</exception>
    public SqliteBudgetLedger(SqliteBudgetLedgerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _path = Path.GetFullPath(options.Path);
        _busyTimeout = options.BusyTimeout;
        _timeProvider = options.TimeProvider;
    }

    /// <inheritdoc/>
    public string Name => "sqlite";

    /// <inheritdoc/>
    public bool IsLocal => false;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A request is impossible; nothing of the batch is booked.</exception>
    /// <exception cref="LedgerUnavailableException">The file cannot be opened, read or written; the message says what to do. Nothing of the batch is booked.</exception>
    public async ValueTask<IReadOnlyList<LedgerReply>> ExchangeAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken)
    {
        LedgerRules.Check(requests);
        return requests.Count == 0 ? [] : await RunAsync(file => file.Exchange(requests, _timeProvider.GetUtcNow()), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The account is impossible.</exception>
    /// <exception cref="LedgerUnavailableException">The file cannot be opened or read; the message says what to do.</exception>
    public async ValueTask<LedgerBalance?> ReadAsync(LedgerAccount account, CancellationToken cancellationToken)
    {
        LedgerRules.Check(account);
        return await RunAsync(file => file.Read(account, _timeProvider.GetUtcNow()), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the file, after what is being written.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        _isDisposed = true;
        Close();
        _gate.Release();
    }

    private async Task<T> RunAsync<T>(Func<SqliteLedgerFile, T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);

        // What has begun is brought to its end although nobody waits any more; a failure that nobody waits for is not worth an event of the process.
        (T? result, Exception? failure) = await Task.Run(() => Locked(work), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        return failure is null ? result! : throw failure;
    }

    private (T? Result, Exception? Failure) Locked<T>(Func<SqliteLedgerFile, T> work)
    {
        try
        {
            if (_isDisposed) return (default, new ObjectDisposedException(nameof(SqliteBudgetLedger)));
            return (work(_file ??= SqliteLedgerFile.Open(_path, _busyTimeout)), null);
        }
        catch (SqliteException e)
        {
            // Another process that is busy leaves this connection as good as it was.
            if (!SqliteErrors.IsBusy(e)) Close();
            return (default, SqliteErrors.Of(_path, e));
        }
        catch (Exception e)
        {
            Close();
            return (default, SqliteErrors.IsMissingLibrary(e) ? SqliteErrors.MissingLibrary(e) : e);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
