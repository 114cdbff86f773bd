namespace GreenAI.Metering;

/// <summary>The leases that an inference of a path reserves from, one of each budget that may refuse. Immutable.</summary>
internal sealed class LeaseSet(BudgetBook[] books, BudgetLease[] leases)
{
    // What requests touch, side by side.
    private readonly Entry[] _entries = [.. leases.Select((lease, i) => new Entry(lease, books[i].IsEnergy))];

    public BudgetBook[] Books => books;

    public BudgetLease[] Leases => leases;

    /// <summary>Reserves from every lease, or from none.</summary>
    /// <param name="microjoules">The amount of energy.</param>
    /// <param name="micrograms">The amount of emissions.</param>
    /// <param name="now">The time, by the boot clock.</param>
    /// <returns>The place of the lease that refused; −1 for none.</returns>
    public int Reserve(long microjoules, long micrograms, long now)
    {
        Entry[] entries = _entries;
        for (int i = 0; i < entries.Length; i++)
        {
            BudgetLease lease = entries[i].Lease;
            if (lease.IsOpenAt(now) && lease.TryTake(entries[i].IsEnergy ? microjoules : micrograms))
            {
                if (lease.IsLow) books[i].Account!.Wake();
                continue;
            }

            Release(i, microjoules, micrograms);
            return i;
        }

        return -1;
    }

    /// <summary>Gives back what was reserved from all leases.</summary>
    public void Release(long microjoules, long micrograms) => Release(_entries.Length, microjoules, micrograms);

    /// <summary>Gives back what was reserved from the first so many leases.</summary>
    public void Release(int count, long microjoules, long micrograms)
    {
        for (int i = 0; i < count; i++) _entries[i].Lease.Settle(_entries[i].IsEnergy ? microjoules : micrograms, 0);
    }

    /// <summary>Books what a reservation from the lease at a place has cost, and gives the rest of it back.</summary>
    public void Settle(int place, long microjoules, long micrograms, long actual) =>
        _entries[place].Lease.Settle(_entries[place].IsEnergy ? microjoules : micrograms, actual);

    /// <summary>The place of the lease of a budget; −1: none. By account: a book of an older policy has the same.</summary>
    /// <param name="book">The budget.</param>
    /// <param name="guess">Where it is looked for first.</param>
    public int PlaceOf(BudgetBook book, int guess)
    {
        if (guess < books.Length && ReferenceEquals(books[guess].Account, book.Account)) return guess;
        for (int i = 0; i < books.Length; i++)
        {
            if (ReferenceEquals(books[i].Account, book.Account)) return i;
        }

        return -1;
    }

    private readonly record struct Entry(BudgetLease Lease, bool IsEnergy);
}
