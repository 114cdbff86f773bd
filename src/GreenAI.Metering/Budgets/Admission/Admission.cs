namespace GreenAI.Metering;

/// <summary>The answer to <see cref="EnergyMeter.TryAdmit(ModelHandle)"/>: may it run, and if not, why and for how long.</summary>
/// <remarks>
/// <para>
/// An admission that lets run holds a reservation: begin with it (<see cref="EnergyMeter.Begin(ModelHandle, in Admission)"/>), or dispose it, which gives the reservation back. A copy is the
/// same admission: what is reserved is begun or given back once, and beginning with it again begins an inference with nothing reserved. One that is forgotten is given back after five minutes.
/// </para>
/// <para>Immutable and thread-safe. <c>default</c> allows.</para>
/// </remarks>
public readonly struct Admission : IDisposable
{
    private readonly int _slot;

    internal Admission(AdmissionState? state, int slot, long generation)
    {
        State = state;
        _slot = slot + 1;
        Generation = generation;
    }

    /// <summary>The verdict.</summary>
    public Verdict Verdict => State?.Verdict ?? Verdict.Allow;

    /// <summary>Whether it may run: Allow, Warn, and Degrade, which asks for a cheaper model.</summary>
    public bool MayRun => Verdict < Verdict.Delay;

    /// <summary>The model to run instead; null unless the verdict is <see cref="Verdict.Degrade"/>.</summary>
    public string? DegradeTo => State?.DegradeTo;

    /// <summary>When to try again, from now on; null where nobody knows, or nothing was refused.</summary>
    public TimeSpan? RetryAfter => State is null ? null : State.RetryAt is { } at && State.Path.Generation.Gate.Until(at) is { Ticks: > 0 } left ? left : State.Wait;

    /// <summary>Why, as a sentence with its figures; empty for Allow.</summary>
    public string Reason => State?.Reason ?? "";

    /// <summary>The budget or target that decided; null for Allow.</summary>
    public string? Rule => State?.Decider?.Id;

    /// <summary>
    /// Whether it may not run because the ledger of the budget that decided does not answer: nobody knows what is left of it. False where the budget is used up.
    /// </summary>
    public bool IsLedgerDown => !MayRun && State?.Decider is BudgetBook { Account.IsLedgerDown: true };

    /// <summary>Names the decision in events and in the audit log; 0 for Allow. Requests that were answered alike for the same reason share it.</summary>
    public long Decision => State?.Decision ?? 0;

    /// <summary>The hash of the policy that decided; null without a policy.</summary>
    public string? PolicyHash => State?.Path.Generation.Hash;

    /// <summary>What rules in shadow mode would have answered.</summary>
    public Verdict ShadowVerdict => State?.ShadowVerdict ?? Verdict.Allow;

    /// <summary>Whether headroom is reserved for it.</summary>
    public bool HoldsReservation => _slot > 0;

    internal AdmissionState? State { get; }

    internal int Slot => _slot - 1;

    internal long Generation { get; }

    /// <summary>Gives the reservation back unless an inference has begun with it.</summary>
    public void Dispose()
    {
        if (_slot > 0) State!.Path.Generation.Gate.Release(this);
    }
}
