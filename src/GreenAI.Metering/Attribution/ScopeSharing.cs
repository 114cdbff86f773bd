namespace GreenAI.Metering;

/// <summary>The arithmetic of one scope on one device over one interval: observe, then apply; or leave late.</summary>
internal static class ScopeSharing
{
    /// <summary>Sums the scope's active ticks inside the device's interval and notes what happens at its end.</summary>
    public static void Observe(
        DeviceBooks books, long until, ulong bit, ref ScopeAccount account, ref ScopeShare share, in ScopeObservation scope)
    {
        long from = books.Boundary;
        // Begun after the counter was read: the device's next interval is its first.
        if (scope.Start >= until) return;
        ref ModelBook book = ref books.Models[scope.Model];
        if ((account.Entered & bit) == 0)
        {
            account.Entered |= bit;
            book.UnbilledScopes++;
            share.Accrual = default;
            // A closed interval is never reopened: a scope published late starts at the boundary.
            share.Base = scope.Start >= from ? 0 : scope.ActiveBy(from);
        }

        bool wasRunning = (account.Running & bit) != 0;
        long counted = wasRunning ? from - share.Base : share.Base;
        share.Ticks = Math.Clamp(scope.ActiveBy(until) - counted, 0, until - from);
        book.ActiveTicks += share.Ticks - (wasRunning ? until - from : 0);
        AddBusy(books, until, scope, share.Ticks, wasRunning);
        account.Closing |= bit;
        if (scope.IsRunningAt(until)) account.RunsOn |= bit;
        if (scope.State == SlotWord.Done && scope.End <= until) account.Leaving |= bit;
    }

    // Where in the interval the active ticks lay: exact unless the scope paused in it.
    private static void AddBusy(DeviceBooks books, long until, in ScopeObservation scope, long ticks, bool wasRunning)
    {
        long end = wasRunning ? books.Boundary + ticks
            : scope.State == SlotWord.Done ? Math.Clamp(scope.End, books.Boundary + ticks, until)
            : until;
        books.AddBusy(scope.Model, end - ticks, end);
        if (wasRunning) books.AddObserved(scope.Model);
    }

    /// <summary>Gives the scope its part of the interval, whose rates are set; bills it if it ended inside.</summary>
    public static void Apply(DeviceBooks books, long until, ulong bit, ref ScopeAccount account, ref ScopeShare share, int model)
    {
        ref ModelBook book = ref books.Models[model];
        bool wasRunning = (account.Running & bit) != 0;
        bool runsOn = (account.RunsOn & bit) != 0;
        long counted = (wasRunning ? books.Boundary - share.Base : share.Base) + share.Ticks;
        Accrual accrued = (wasRunning ? book.RunningBefore - share.Accrual : share.Accrual) + (book.Rate * share.Ticks);
        if (wasRunning != runsOn) book.RunningScopes += runsOn ? 1 : -1;
        if (runsOn)
        {
            account.Running |= bit;
            account.Synced |= bit;
            share.Accrual = book.Running - accrued;
            share.Base = until - counted;
            return;
        }

        account.Running &= ~bit;
        share.Accrual = accrued;
        share.Base = counted;
        if ((account.Leaving & bit) == 0) return;
        account.Left |= bit;
        share.Base = 0;
        share.Ticks = books.Bill(model, accrued);
    }

    /// <summary>What was measured is billed; the active ticks of the open interval go to the model's late bucket when it closes.</summary>
    public static void LeaveLate(DeviceBooks books, ulong bit, ref ScopeAccount account, ref ScopeShare share, in ScopeSlot slot)
    {
        ref ModelBook book = ref books.Models[slot.Model];
        bool entered = (account.Entered & bit) != 0;
        bool running = (account.Running & bit) != 0;
        long counted = !entered ? 0 : running ? books.Boundary - share.Base : share.Base;
        Accrual accrued = !entered ? default : running ? book.Running - share.Accrual : share.Accrual;
        long open = Math.Max(0, slot.ActiveTicks - counted);
        if (running) book.RunningScopes--;
        book.LateTicks += open;
        account.Running &= ~bit;
        account.Left |= bit;
        account.Late = true;
        share.Accrual = accrued + new Accrual(0, 0, open, 0);
        share.Base = open;
        share.Ticks = entered ? books.Bill(slot.Model, accrued) : 0;
    }
}
