namespace GreenAI.Metering;

/// <summary>Where a <see cref="SqliteBudgetLedger"/> keeps its file, and how it shares it.</summary>
public sealed class SqliteBudgetLedgerOptions
{
    /// <summary>
    /// The file, on a local disk. It is made when it is missing; its directory must exist, be writable, and outlive the process. Beside it SQLite keeps two
    /// more, ending in <c>-wal</c> and <c>-shm</c>, which belong to it.
    /// </summary>
    /// <value>None: it must be set.</value>
    public string Path { get; set; } = "";

    /// <summary>How long to wait while another process writes.</summary>
    /// <value>5 s. From 1 s, below which SQLite's driver does not go, to 1 h.</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Tells which period is the current one and which leases are over. Processes that share a file must agree on the time.</summary>
    /// <value>The system's clock; that of the host's services, when it has one.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <exception cref="ArgumentException">An option is impossible.</exception>
    internal void Check()
    {
        // These names are SQLite's for files that are gone when they are closed, or for something else than a path.
        if (string.IsNullOrWhiteSpace(Path) || Path == ":memory:" || Path.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || Path.Contains('\0'))
        {
            throw new ArgumentException($"Path is '{Path}'; it must be the path of a file, such as '/var/lib/greenai/budgets.db'. A ledger in memory is {nameof(InMemoryBudgetLedger)}.", nameof(Path));
        }

        if (BusyTimeout < TimeSpan.FromSeconds(1) || BusyTimeout > TimeSpan.FromHours(1))
        {
            throw new ArgumentException($"BusyTimeout is {BusyTimeout}; it must be from 00:00:01 to 01:00:00.", nameof(BusyTimeout));
        }

        if (TimeProvider is null) throw new ArgumentException("TimeProvider must not be null.", nameof(TimeProvider));
    }
}
