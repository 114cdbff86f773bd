using Microsoft.Data.Sqlite;

namespace GreenAI.Metering;

/// <summary>Reads and writes the books of accounts, within a transaction of the caller.</summary>
internal sealed class SqliteBooks(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _account = new(connection, "SELECT id FROM account WHERE key = $0");
    private readonly SqliteStatement _addAccount = new(connection, "INSERT INTO account(key) VALUES($0) RETURNING id");

    private readonly SqliteStatement _periods = new(
        connection,
        """
        SELECT id, name, starts, ends, rolls_over, carried_over, limit_amount, settled, overrun, last_lease, carries_on
        FROM period WHERE account = $0 ORDER BY id
        """);

    private readonly SqliteStatement _parts = new(connection, "SELECT part, settled, overrun FROM part WHERE period = $0 ORDER BY part");

    // Those that are over matter only when their holder reports; live is 0.
    private readonly SqliteStatement _leases = new(
        connection,
        """
        SELECT number, holder, granted, spent, returned, expires, state, is_named
        FROM lease WHERE period = $0 AND (state = 0 OR (holder = $2 AND (number = $1 OR $1 = 0))) ORDER BY number
        """);

    private readonly SqliteStatement _addPeriod = new(
        connection,
        """
        INSERT INTO period(account, name, starts, ends, rolls_over, carried_over, limit_amount, settled, overrun, last_lease, carries_on)
        VALUES($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id
        """);

    private readonly SqliteStatement _dropPeriods = new(
        connection, "DELETE FROM period WHERE account = $0 AND id <= (SELECT id FROM period WHERE account = $0 ORDER BY id DESC LIMIT 1 OFFSET $1)");

    private readonly SqliteStatement _setPeriod = new(
        connection, "UPDATE period SET limit_amount = $1, settled = $2, overrun = $3, last_lease = $4, carried_over = $5, carries_on = $6 WHERE id = $0");

    private readonly SqliteStatement _setPart = new(
        connection,
        """
        INSERT INTO part(period, part, settled, overrun) VALUES($0, $1, $2, $3)
        ON CONFLICT(period, part) DO UPDATE SET settled = excluded.settled, overrun = excluded.overrun
        """);

    private readonly SqliteStatement _dropParts = new(connection, "DELETE FROM part WHERE period = $0 AND part < $1");

    private readonly SqliteStatement _setLease = new(
        connection,
        """
        INSERT INTO lease(period, number, holder, granted, spent, returned, expires, state, is_named) VALUES($0, $1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT(period, number, holder) DO UPDATE
        SET granted = excluded.granted, spent = excluded.spent, returned = excluded.returned, expires = excluded.expires,
            state = excluded.state, is_named = excluded.is_named
        """);

    private readonly SqliteStatement _dropLeases = new(connection, "DELETE FROM lease WHERE period = $0 AND state <> 0 AND number <= $1");

    public long? Find(string key) => _account.Number(key);

    public long Add(string key) => _addAccount.Number(key)!.Value;

    /// <summary>What is known of an account, with its live leases and the one that a holder speaks of; without a number, all that the holder has had.</summary>
    public AccountBook Load(long account, string holder, long lease)
    {
        AccountBook book = new();
        using (SqliteDataReader rows = _periods.Rows(account))
        {
            while (rows.Read()) book.Periods.Add(Period(rows));
        }

        foreach (PeriodBook period in book.Periods)
        {
            LoadLeases(period, holder, lease);
            if (period.Rolling is not null) LoadParts(period.RowId, period.Rolling);
        }

        return book;
    }

    /// <summary>Writes what has changed.</summary>
    public void Save(long account, AccountBook book)
    {
        foreach (PeriodBook period in book.Periods)
        {
            if (period.RowId == 0) AddPeriod(account, period);
            else if (period.IsChanged) SetPeriod(period);
            if (period.IsChanged && period.Rolling is { Booked: { Count: > 0 } parts })
            {
                RollingPart last = parts[^1];
                _setPart.Run(period.RowId, last.Part, last.Settled, last.Overrun);
                _dropParts.Run(period.RowId, parts[0].Part);
            }

            foreach (LeaseBook lease in period.Leases) SaveLease(period, lease);
        }
    }

    public void Dispose()
    {
        ReadOnlySpan<SqliteStatement> all =
        [
            _account, _addAccount, _periods, _parts, _leases, _addPeriod, _dropPeriods, _setPeriod, _setPart, _dropParts, _setLease, _dropLeases,
        ];
        foreach (SqliteStatement statement in all) statement.Dispose();
    }

    private static PeriodBook Period(SqliteDataReader row) => new()
    {
        RowId = row.GetInt64(0),
        Id = row.GetString(1),
        Start = At(row.GetInt64(2)),
        End = At(row.GetInt64(3)),
        Rolling = row.GetInt64(4) is > 0 and var length ? new(new TimeSpan(length)) : null,
        CarriedOver = row.GetInt64(5),
        Limit = row.GetInt64(6),
        Settled = row.GetInt64(7),
        Overrun = row.GetInt64(8),
        LastNumber = row.GetInt64(9),
        IsCarryOpen = row.GetInt64(10) != 0,
    };

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    private void AddPeriod(long account, PeriodBook period)
    {
        period.RowId = _addPeriod.Number(
            account,
            period.Id,
            period.Start.UtcTicks,
            period.End.UtcTicks,
            period.Rolling?.Length.Ticks ?? 0,
            period.CarriedOver,
            period.Limit,
            period.Settled,
            period.Overrun,
            period.LastNumber,
            period.IsCarryOpen ? 1L : 0L)!.Value;
        _dropPeriods.Run(account, AccountBook.KeptPeriods);
    }

    private void SetPeriod(PeriodBook period) => _setPeriod.Run(
        period.RowId, period.Limit, period.Settled, period.Overrun, period.LastNumber, period.CarriedOver, period.IsCarryOpen ? 1L : 0L);

    private void LoadLeases(PeriodBook period, string holder, long number)
    {
        using SqliteDataReader rows = _leases.Rows(period.RowId, number, holder);
        while (rows.Read())
        {
            period.Leases.Add(new(rows.GetString(1), rows.GetInt64(0))
            {
                Granted = rows.GetInt64(2),
                Spent = rows.GetInt64(3),
                Returned = rows.GetInt64(4),
                Expires = At(rows.GetInt64(5)),
                State = (LeaseState)rows.GetInt64(6),
                IsNamed = rows.GetInt64(7) != 0,
            });
        }
    }

    private void LoadParts(long period, RollingSpend rolling)
    {
        using SqliteDataReader rows = _parts.Rows(period);
        while (rows.Read()) rolling.Booked.Add(new(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2)));
    }

    private void SaveLease(PeriodBook period, LeaseBook lease)
    {
        if (!lease.IsChanged) return;
        _setLease.Run(
            period.RowId,
            lease.Number,
            lease.Holder,
            lease.Granted,
            lease.Spent,
            lease.Returned,
            lease.Expires.UtcTicks,
            (long)lease.State,
            lease.IsNamed ? 1L : 0L);
        if (lease.Number == period.LastNumber) _dropLeases.Run(period.RowId, period.LastNumber - PeriodBook.KeptNumbers);
    }
}
