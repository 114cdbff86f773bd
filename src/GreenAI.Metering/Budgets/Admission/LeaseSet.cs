namespace GreenAI.Metering;

/// <summary>The leases that an inference of a path reserves from, one of each budget that may refuse. Immutable.</summary>
internal sealed class LeaseSet(BudgetBook[] books, BudgetLease[] leases)
{
    public BudgetBook[] Books => books;

    public BudgetLease[] Leases => leases;

    /// <summary>Reserves from every lease, or from none.</summary>
    /// <param name="microjoules">The amount of energy.</param>
    /// <param name="micrograms">The amount of emissions.</param>
    /// <param name="now">The time, by the boot clock.</param>
    /// <returns>The place of the lease that refused; −1 for none.</returns>
    public int Reserve(long microjoules, long micrograms, long now)
    {
        for (int i = 0; i < leases.Length; i++)
        {
            BudgetLease lease = leases[i];
            if (lease.IsOpenAt(now) && lease.TryTake(books[i].IsEnergy ? microjoules : micrograms))
            {
                if (lease.IsLow) books[i].Account!.Wake();
                continue;
            }

            Release(i, microjoules, micrograms);
            return i;
        }

        return -1;
    }

    /// <summary>Gives back what was reserved from the first so many leases.</summary>
    public void Release(int count, long microjoules, long micrograms)
    {
        for (int i = 0; i < count; i++) leases[i].Settle(books[i].IsEnergy ? microjoules : micrograms, 0);
    }

    /// <summary>The same with another lease at a place.</summary>
    public LeaseSet With(int place, BudgetLease lease)
    {
        BudgetLease[] other = [.. leases];
        other[place] = lease;
        return new LeaseSet(books, other);
    }
}
