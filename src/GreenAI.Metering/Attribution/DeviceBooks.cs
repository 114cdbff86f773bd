namespace GreenAI.Metering;

/// <summary>The books of one device: where each microjoule its counter gave has gone.</summary>
/// <remarks>
/// The identity, after every close: settled + open + late + idle + unattributed + other = total. Written by the closer only.
/// </remarks>
internal sealed class DeviceBooks(int models)
{
    public ModelBook[] Models { get; } = new ModelBook[models];

    /// <summary>Sum of the counter's deltas.</summary>
    public long Total { get; private set; }

    /// <summary>Energy of the idle floor.</summary>
    public long Idle { get; private set; }

    /// <summary>Dynamic energy of other processes.</summary>
    public long Other { get; private set; }

    /// <summary>This process's dynamic energy while no inference was active.</summary>
    public long Unattributed { get; private set; }

    /// <summary>Dynamic energy of this process in the interval closed last.</summary>
    public long LastDynamic { get; private set; }

    /// <summary>Active ticks, over all models, in the interval closed last.</summary>
    public long LastActiveTicks { get; private set; }

    /// <summary>The start of the open interval.</summary>
    public long Boundary { get; private set; }

    /// <summary>Begins the books at the device's first reading.</summary>
    public void Begin(long boundary)
    {
        Boundary = boundary;
        // What was active before the first reading has no part in the energy after it.
        foreach (ref ModelBook book in Models.AsSpan()) book.LateTicks = 0;
    }

    /// <summary>Splits the energy of an interval that closes over buckets and model pools, and sets the models' rates.</summary>
    /// <param name="closing">The interval: its end, its energy by bucket, its coverage.</param>
    /// <param name="models">How many models are in use.</param>
    public void Assign(in ClosingDevice closing, int models)
    {
        IntervalEnergy energy = closing.Energy;
        long length = closing.Until - Boundary;
        double uncovered = length == 0 ? 0 : closing.UncoveredTicks / (double)length;
        Span<ModelBook> books = Models.AsSpan(0, models);
        long activeTicks = 0;
        int activeModels = 0;
        foreach (ref ModelBook book in books)
        {
            // ActiveTicks holds the corrections of scopes that entered or left; the rest ran from end to end.
            book.ActiveTicks = Math.Max(0, book.ActiveTicks + (book.RunningScopes * length) + book.LateTicks);
            activeTicks += book.ActiveTicks;
            if (book.ActiveTicks > 0) activeModels++;
        }

        Total += energy.Total;
        Idle += energy.Idle;
        Other += energy.Other;
        LastDynamic = energy.Own;
        LastActiveTicks = activeTicks;
        if (activeTicks == 0) Unattributed += energy.Own;
        var split = new CumulativeSplit(energy.Own, activeTicks);
        double idleRate = activeTicks == 0 ? 0 : energy.Idle / (double)activeTicks;
        foreach (ref ModelBook book in books)
        {
            long share = book.ActiveTicks == 0 ? 0 : split.Next(book.ActiveTicks);
            double rate = book.ActiveTicks == 0 ? 0 : share / (double)book.ActiveTicks;
            book.Pool += share;
            if (activeModels > 1) book.Mixed += share;
            book.Rate = new Accrual(rate, idleRate, uncovered, activeModels > 1 ? rate : 0);
            book.RunningBefore = book.Running;
            book.Running += book.Rate * length;
            BookLate(ref book, rate);
        }
    }

    /// <summary>Ends a close: clears what belongs to the interval and rebases sums nobody refers to.</summary>
    public void EndClose(long until, int models)
    {
        Boundary = until;
        foreach (ref ModelBook book in Models.AsSpan(0, models))
        {
            book.ActiveTicks = 0;
            if (book.RunningScopes == 0) book.Running = default;
        }
    }

    /// <summary>A scope enters and leaves within the interval that closes.</summary>
    public void Enter(int model, long activeTicks)
    {
        ref ModelBook book = ref Models[model];
        book.UnbilledScopes++;
        book.ActiveTicks += activeTicks;
    }

    /// <summary>Takes a bill out of a model's pool. The last scope of a model takes what is left.</summary>
    public long Bill(int model, in Accrual accrued)
    {
        ref ModelBook book = ref Models[model];
        book.IdleShare += accrued.Idle;
        book.UnbilledScopes--;
        // The clamp and the last-takes-all rule keep rounding inside the pool: bills sum to what was assigned, exactly.
        long bill = book.UnbilledScopes == 0 ? book.Pool : Math.Clamp((long)Math.Round(accrued.Dynamic), 0, book.Pool);
        book.Pool -= bill;
        book.Waiting += bill;
        return bill;
    }

    // The open interval's part of bills closed early: to the model's late bucket, after the scopes' own rates are set.
    private static void BookLate(ref ModelBook book, double rate)
    {
        if (book.LateTicks == 0) return;
        long late = Math.Min(book.Pool, (long)Math.Round(rate * book.LateTicks));
        book.Pool -= late;
        book.Late += late;
        book.LateTicks = 0;
    }
}
