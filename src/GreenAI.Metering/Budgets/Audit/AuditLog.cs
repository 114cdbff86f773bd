using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GreenAI.Metering;

/// <summary>An append-only log of what happened to budgets: files of JSON lines, each of which is chained to the one before by its hash.</summary>
/// <remarks>
/// <para>
/// A change of any record, its removal, an insertion, another order, and a cut at the end are found and located by <see cref="VerifyAsync"/>.
/// So is the removal of all records and the anchor, as long as the lock is there. Who can write all files of the folder can write a whole new chain and its anchor too: copy <see cref="Head"/> to where they cannot, and verify against it.
/// </para>
/// <para>
/// Single answers are not records: once a second those other than Allow are written as one record for each rule, verdict, model and tenant, with their count and the
/// reason of the last one (<see cref="BudgetEventKind.Decisions"/>). Each answer is in exactly one count of each rule that gave it; none is left out or sampled.
/// </para>
/// <para>
/// Thread-safe. Written by a task of its own; nothing it meets is thrown into the caller. A disk that is full or cannot be written is logged once and tried again;
/// what then finds the queue full is counted, and the next record says how many. Files and a new folder are for this user only on Unix.
/// </para>
/// </remarks>
public sealed partial class AuditLog : IAsyncDisposable
{
    private const int MostPending = 256;

    private readonly AuditLogOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly AuditFiles _files;
    private readonly Channel<Item> _queue;
    private readonly CancellationTokenSource _closing = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private readonly Task _running;
    private StrongBox<AuditHead> _head = new();
    private volatile string? _problem;
    private long _lost;
    private int _disposed;

    /// <summary>Opens the log in its folder, or begins it, with a new file: a torn last line is moved aside, a folder that others changed is gone on with after a record that says so.</summary>
    /// <param name="options">Where and how; copied.</param>
    /// <param name="timeProvider">The clock of the log's own records and of its pauses.</param>
    /// <param name="loggerFactory">What is told of faults; null: nothing.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">Another log writes this folder.</exception>
    public AuditLog(AuditLogOptions options, TimeProvider timeProvider, ILoggerFactory? loggerFactory = null)
        : this(options, timeProvider, loggerFactory?.CreateLogger("GreenAI.Metering"), static (path, mode) => AuditFolder.OpenToWrite(path, mode, FileShare.Read))
    {
    }

    internal AuditLog(AuditLogOptions options, TimeProvider timeProvider, ILogger? logger, AuditOpener open)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _options = options.Checked();
        _timeProvider = timeProvider;
        _logger = new GuardedLogger(logger ?? NullLogger.Instance);
        _files = new AuditFiles(_options, timeProvider, _logger, open);
        _queue = Channel.CreateBounded<Item>(new BoundedChannelOptions(_options.QueueCapacity) { SingleReader = true, AllowSynchronousContinuations = false });
        try
        {
            _files.TakeLock();
        }
        catch (Exception exception) when (AuditFolder.IsOfFiles(exception))
        {
            // The first writing tries it again, and tells.
            _problem = exception.Message;
        }

        _running = Task.Run(RunAsync);
    }

    /// <summary>The folder.</summary>
    public string Folder => _options.Folder;

    /// <summary>The last record that was written; of number 0 until the log is open.</summary>
    public AuditHead Head => Volatile.Read(ref _head).Value;

    /// <summary>Whether the last writing succeeded.</summary>
    public bool IsHealthy => _problem is null;

    /// <summary>Why the last writing failed; null when it did not.</summary>
    public string? Problem => _problem;

    /// <summary>Events that were not written: they found the queue full, or the log at its end.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Hands an event over. Never waits.</summary>
    /// <param name="budgetEvent">What happened.</param>
    /// <returns>Whether it was taken; else it is counted as lost.</returns>
    public bool TryAppend(BudgetEvent budgetEvent)
    {
        ArgumentNullException.ThrowIfNull(budgetEvent);
        if (_queue.Writer.TryWrite(new(budgetEvent, null))) return true;
        Interlocked.Increment(ref _lost);
        return false;
    }

    /// <summary>Waits until all that was appended before is written and anchored, or was found impossible to write (<see cref="IsHealthy"/>).</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task done = written.Task;
        try
        {
            await _queue.Writer.WriteAsync(new(null, written), cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            done = _running;
        }

        await done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes no more, writes what was taken, and lets the folder go.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _queue.Writer.TryComplete();
            await _closing.CancelAsync().ConfigureAwait(false);
        }

        await _running.ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await WriteUntilClosedAsync().ConfigureAwait(false);
            do Take();
            while (Step(flushes: true) && _queue.Reader.TryPeek(out _));
            Abandon();
        }
        finally
        {
            _files.Dispose();
        }
    }

    private async Task WriteUntilClosedAsync()
    {
        CancellationToken closing = _closing.Token;
        Task<bool> more = _queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        Task? due = null;
        Step(flushes: true);
        while (!closing.IsCancellationRequested)
        {
            if (!IsHealthy || _files.IsDirty) due ??= Task.Delay(_options.FlushInterval, _timeProvider, closing);
            if (!IsHealthy) await due!.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else if (due is not null) await Task.WhenAny(more, due).ConfigureAwait(false);
            else await more.ConfigureAwait(false);
            bool isDue = due is { IsCompleted: true };
            if (isDue) due = null;
            if (more.IsCompleted)
            {
                Take();
                more = _queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
                // It has ended: what is left is for the caller.
                if (more.IsCompleted && !await more.ConfigureAwait(false)) return;
            }

            Step(isDue || _waiting.Count > 0);
        }
    }

    private void Take()
    {
        while (_files.Pending.Count < MostPending && _queue.Reader.TryRead(out Item item))
        {
            if (item.Event is { } budgetEvent) _files.Pending.Enqueue(budgetEvent);
            else _waiting.Add(item.Written!);
        }
    }

    private bool Step(bool flushes)
    {
        while (!TryStep(flushes))
        {
            // An event was dropped that cannot be written: those behind it can.
        }

        Volatile.Write(ref _head, new(_files.Head));
        foreach (TaskCompletionSource waiting in _waiting) waiting.TrySetResult();
        _waiting.Clear();
        return IsHealthy;
    }

    private bool TryStep(bool flushes)
    {
        try
        {
            _files.Write(Lost);
            if (flushes) _files.Flush();
            if (_problem is not null) Log.AuditReturned(_logger, Folder, Lost);
            _problem = null;
        }
        catch (Exception exception) when (AuditFolder.IsOfFiles(exception) || exception is InvalidOperationException || _files.Pending.Count == 0)
        {
            if (_problem is null) Log.AuditFailed(_logger, exception, Folder, _options.FlushInterval, exception.Message);
            _problem = exception.Message;
        }
        catch (Exception exception)
        {
            // Not the disk, but what an event holds.
            _files.Pending.Dequeue();
            Interlocked.Increment(ref _lost);
            Log.AuditRefused(_logger, exception, Folder);
            return false;
        }

        return true;
    }

    private void Abandon()
    {
        long events = _files.Pending.Count;
        while (_queue.Reader.TryRead(out Item item))
        {
            if (item.Written is { } waiting) waiting.TrySetResult();
            else events++;
        }

        if (events == 0) return;
        Interlocked.Add(ref _lost, events);
        Log.AuditCut(_logger, Folder, events);
    }

    private readonly record struct Item(BudgetEvent? Event, TaskCompletionSource? Written);
}
