using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Charges bills to the budgets they fall under, and what is on no bill; then looks where every budget stands. The closer's thread.</summary>
internal sealed class BudgetCharges(BudgetGate gate, MeteringEngine engine, ILogger logger) : IBillCharges
{
    // The dearest recent inference counts less from bill to bill: after some 700 it counts half.
    private const double Forgetting = 0.999;

    private readonly long[] _late = new long[engine.Models.Capacity];
    private readonly double[] _embodied = new double[engine.Models.Capacity];
    private long _hostOverhead;
    private long _hostMeasured;
    private double _hostMicrograms;
    private double _hostEmbodied;
    private long _utcTicks;
    private bool _begun;
    private bool _logged;

    public void Add(int slot, in ScopeSlot scope, in InferenceFootprint bill)
    {
        AdmissionPath? path = null;
        LeaseSet? leases = null;
        long microjoules = 0, micrograms = 0;
        if (gate.Reservations.ChunkOf(slot) is { } chunk)
        {
            ref Reservation reservation = ref chunk[slot & SlotChunk.Mask];
            if (reservation.Word == Reservation.Pack(SlotWord.Generation(scope.Word), Reservation.Begun))
            {
                (path, leases, microjoules, micrograms) = (reservation.Path, reservation.Leases, reservation.Microjoules, reservation.Micrograms);
                reservation = default;
            }
        }

        BudgetGeneration? generation = gate.Generation;
        if (generation is null && leases is null) return;
        bool known = bill.Reason is UnavailableReason.None or UnavailableReason.BelowResolution;
        var cost = new BudgetCost
        {
            Marginal = known ? bill.MarginalMicrojoules : double.NaN,
            Idle = bill.IdleMicrojoules,
            Price = bill.MicrogramsPerMicrojoule,
            Above = bill.Above,
            // A bill below resolution has no tier of its own; its idle share is as good as the devices are.
            Tier = bill.Reason == UnavailableReason.None ? bill.Tier : engine.Overhead.Tier,
        };
        if (known) Learn(scope.Model, cost);
        AdmissionPath? current = generation is null ? null : path is not null && ReferenceEquals(path.Generation, generation) && path.ModelIndex == scope.Model ? path : generation.Path(scope.Model, path?.TenantNumber ?? 0);
        Settle(current, leases, microjoules, micrograms, cost);
        foreach (RuleBook rule in current?.Rules ?? [])
        {
            if (known && rule is KpiBook kpi) kpi.Observe((cost.Marginal + cost.Idle) / 1e6, _utcTicks);
        }
    }

    public void EndClose(long now, DateTimeOffset utc, int models)
    {
        _utcTicks = utc.UtcTicks;
        gate.AlignClock();
        try
        {
            ChargeOverhead(now, models);
            if (gate.Generation is not { } generation) return;
            bool changed = false;
            foreach (BudgetBook book in generation.Budgets)
            {
                book.Flush();
                changed |= book.Evaluate(utc);
            }

            if (!changed) return;
            foreach (AdmissionPath path in generation.Paths) path.Restate();
        }
        catch (Exception exception)
        {
            // Budgets are a consumer of the books: whatever fails here must not end the close that feeds them.
            if (_logged) return;
            _logged = true;
            Log.BudgetsFailed(logger, exception);
        }
    }

    private static void Settle(AdmissionPath? path, LeaseSet? leases, long microjoules, long micrograms, in BudgetCost cost)
    {
        int settled = 0, next = 0;
        foreach (BudgetBook book in path?.Books ?? [])
        {
            long whole = book.Charge(cost, isInference: true);
            int place = leases is null ? -1 : leases.PlaceOf(book, next);
            if (place < 0)
            {
                book.Defer(whole);
                continue;
            }

            settled++;
            next = place + 1;
            leases!.Settle(place, microjoules, micrograms, whole);
        }

        // Budgets that the policy of today has no more: what was reserved goes back.
        if (leases is null || settled == leases.Books.Length) return;
        for (int i = 0; i < leases.Books.Length; i++)
        {
            if (!Has(path, leases.Books[i])) leases.Settle(i, microjoules, micrograms, 0);
        }
    }

    // By account: a book of an older policy has the same.
    private static bool Has(AdmissionPath? path, BudgetBook book)
    {
        foreach (BudgetBook other in path?.Books ?? [])
        {
            if (ReferenceEquals(other.Account, book.Account)) return true;
        }

        return false;
    }

    private void Learn(int model, in BudgetCost cost)
    {
        ref long upper = ref gate.Upper(model);
        double estimate = (cost.Marginal + cost.Idle) * (1 + Math.Min(cost.Above, 1));
        Volatile.Write(ref upper, (long)Math.Max(estimate, upper * Forgetting));
    }

    // Late energy, embodied carbon, and what the host spends outside inferences: known from the books, on no bill.
    private void ChargeOverhead(long now, int models)
    {
        OverheadFigures figures = engine.Overhead;
        double price = engine.PriceAt(now);
        gate.Price = price;
        BudgetGeneration? generation = gate.Generation;
        for (int model = 0; model < models; model++)
        {
            long late = figures.Late(model);
            double embodied = figures.HasEmbodied ? figures.EmbodiedMicrograms(model) : double.NaN;
            double lateDelta = late - _late[model], embodiedDelta = embodied - _embodied[model];
            (_late[model], _embodied[model]) = (late, double.IsNaN(embodied) ? 0 : embodied);
            if (!_begun || generation is null || (lateDelta <= 0 && !(embodiedDelta > 0))) continue;
            foreach (BudgetBook book in generation.Path(model, 0).Books)
            {
                if (lateDelta > 0) book.Defer(book.Charge(new BudgetCost { Marginal = lateDelta, Price = price, Tier = figures.Tier }, isInference: false));
                if (embodiedDelta > 0 && !BudgetCost.IsOfWholeHost(book.Definition)) book.DeferEmbodied(embodiedDelta);
            }
        }

        long overhead = figures.HostOverhead, measured = figures.HostOverheadMeasured;
        double grams = figures.IsPriced ? figures.HostOverheadMicrograms : double.NaN, made = figures.HasEmbodied ? figures.HostEmbodiedMicrograms : double.NaN;
        if (_begun && generation is not null)
        {
            foreach (BudgetBook book in generation.Budgets)
            {
                if (!BudgetCost.IsOfWholeHost(book.Definition)) continue;
                double share = overhead > _hostOverhead ? (measured - _hostMeasured) / (double)(overhead - _hostOverhead) : 0;
                book.DeferHost(overhead - _hostOverhead, grams - _hostMicrograms, share);
                book.DeferEmbodied(made - _hostEmbodied);
            }
        }

        (_hostOverhead, _hostMeasured, _hostMicrograms, _hostEmbodied) = (overhead, measured, double.IsNaN(grams) ? 0 : grams, double.IsNaN(made) ? 0 : made);
        _begun = true;
    }
}
