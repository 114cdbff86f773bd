using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>The books of one device: where each microjoule its counter gave has gone.</summary>
/// <remarks>
/// The identity, after every close: settled + open + late + idle + unattributed + other = total. Written by the closer only.
/// </remarks>
internal sealed class DeviceBooks(ShareWeights weights)
{
    private readonly BusyTime _busyTime = new();
    private int _observedRunning;

    public ModelBook[] Models { get; } = new ModelBook[weights.Watts.Length];

    /// <summary>By what dynamic energy is split over the models.</summary>
    public ShareWeights Weights => weights;

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

    /// <summary>Active ticks, over all models that use the device, in the interval closed last.</summary>
    public long LastActiveTicks { get; private set; }

    /// <summary>Ticks of the interval closed last in which any model that uses the device was active.</summary>
    public double LastBusyTicks { get; private set; }

    /// <summary>The start of the open interval.</summary>
    public long Boundary { get; private set; }

    /// <summary>Begins the books at the device's first reading.</summary>
    public void Begin(long boundary)
    {
        Boundary = boundary;
        // What was active before the first reading has no part in the energy after it.
        foreach (ref ModelBook book in Models.AsSpan()) book.LateTicks = 0;
    }

    /// <summary>Before scopes are looked at: the open interval will end at the given time.</summary>
    public void Open(long until) => _busyTime.Begin(Boundary, until);

    /// <summary>A scope was active between two moments of the open interval.</summary>
    /// <param name="model">Its model.</param>
    /// <param name="from">Since when.</param>
    /// <param name="until">Until when.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddBusy(int model, long from, long until)
    {
        if (weights.AllUse || weights.Uses[model]) _busyTime.Add(from, until);
    }

    /// <summary>A scope that ran at the last boundary was looked at.</summary>
    public void AddObserved(int model)
    {
        if (weights.Uses[model]) _observedRunning++;
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
        int activeModels = CountActive(books, length);
        Total += energy.Total;
        Idle += energy.Idle;
        Other += energy.Other;
        LastDynamic = energy.Own;
        double wakeUp = LastActiveTicks == 0 ? 0 : weights.WakeUp * LastBusyTicks / LastActiveTicks / Math.Max(0.1, 1 - (weights.Crowding * LastActiveTicks / length));
        double totalWeight = 0;
        for (int model = 0; model < books.Length; model++) totalWeight += Weight(books[model], model, wakeUp);
        if (totalWeight == 0) Unattributed += energy.Own;
        var split = new CumulativeSplit(energy.Own, totalWeight);
        double idleRate = LastActiveTicks == 0 ? 0 : energy.Idle / (double)LastActiveTicks;
        for (int model = 0; model < books.Length; model++)
        {
            ref ModelBook book = ref books[model];
            double weight = Weight(book, model, wakeUp);
            long share = weight == 0 ? 0 : split.Next(weight);
            double rate = weight == 0 ? 0 : share / (double)book.ActiveTicks;
            // A part can be off by no more than itself, or by all the others' parts.
            double most = share > 0 ? Math.Max(1, (energy.Own - share) / (double)share) : 0;
            double doubt = activeModels > 1 ? Math.Min(weights.Doubt[model], most) : 0;
            book.Pool += share;
            if (activeModels > 1) book.Mixed += share;
            book.Doubt += share * doubt;
            book.Below += share * closing.Band.Below;
            book.Above += share * closing.Band.Above;
            book.Rate = new Accrual(rate, weights.Uses[model] ? idleRate : 0, uncovered, rate * doubt);
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
            book.LastActiveTicks = book.ActiveTicks;
            book.ActiveTicks = 0;
            if (book.RunningScopes == 0) book.Running = default;
        }
    }

    /// <summary>A scope enters and leaves within the interval that closes.</summary>
    public void Enter(in ScopeSlot scope)
    {
        ref ModelBook book = ref Models[scope.Model];
        book.UnbilledScopes++;
        book.ActiveTicks += scope.ActiveTicks;
        AddBusy(scope.Model, scope.End - scope.ActiveTicks, scope.End);
    }

    /// <summary>Takes a bill out of a model's pool, to wait for other devices. The last scope of a model takes what is left.</summary>
    public long Bill(int model, in Accrual accrued)
    {
        ref ModelBook book = ref Models[model];
        long bill = Take(ref book, accrued);
        book.Waiting += bill;
        return bill;
    }

    /// <summary>Takes a bill out of a model's pool that waits for nothing.</summary>
    public long Settle(int model, in Accrual accrued)
    {
        ref ModelBook book = ref Models[model];
        long bill = Take(ref book, accrued);
        book.Settled += bill;
        return bill;
    }

    private static long Take(ref ModelBook book, in Accrual accrued)
    {
        book.UnbilledScopes--;
        // The clamp and the last-takes-all rule keep rounding inside the pool: bills sum to what was assigned, exactly.
        long bill = book.UnbilledScopes == 0 ? book.Pool : Math.Clamp((long)Math.Round(accrued.Dynamic), 0, book.Pool);
        book.Pool -= bill;
        return bill;
    }

    // Active ticks by model; how many models that use the device were active, and how long any of them.
    private int CountActive(Span<ModelBook> books, long length)
    {
        long ticks = 0;
        int active = 0, running = 0;
        for (int model = 0; model < books.Length; model++)
        {
            ref ModelBook book = ref books[model];
            // ActiveTicks holds the corrections of scopes that entered or left; the rest ran from end to end.
            book.ActiveTicks = Math.Max(0, book.ActiveTicks + (book.RunningScopes * length) + book.LateTicks);
            if (!weights.Uses[model]) continue;
            ticks += book.ActiveTicks;
            running += book.RunningScopes;
            if (book.ActiveTicks > 0) active++;
        }

        long busy = Math.Min(length, _busyTime.End());
        // A scope that nobody had to look at ran from end to end.
        LastBusyTicks = running > _observedRunning ? length : Math.Min(busy, ticks);
        LastActiveTicks = ticks;
        _observedRunning = 0;
        return active;
    }

    private double Weight(in ModelBook book, int model, double wakeUp) =>
        weights.Uses[model] ? book.ActiveTicks * (weights.Watts[model] + wakeUp) : 0;

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
