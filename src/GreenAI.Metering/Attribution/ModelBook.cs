namespace GreenAI.Metering;

/// <summary>The books of one model on one device, in whole microjoules. Written by the closer only.</summary>
internal struct ModelBook
{
    /// <summary>Assigned to the model, not yet billed to a scope.</summary>
    public long Pool;

    /// <summary>Billed to scopes that still wait for another device.</summary>
    public long Waiting;

    /// <summary>Billed to scopes whose bill is final.</summary>
    public long Settled;

    /// <summary>Measured for bills that had to be closed before this device's counter moved.</summary>
    public long Late;

    /// <summary>Assigned in intervals in which several models were active: split, not measured apart.</summary>
    public long Mixed;

    /// <summary>Microjoules by which <see cref="Assigned"/> may be off because of the splits.</summary>
    public double Doubt;

    /// <summary>Microjoules the truth may lie below <see cref="Assigned"/> because of counter, floor and process share.</summary>
    public double Below;

    /// <summary>Microjoules the truth may lie above it for the same reasons.</summary>
    public double Above;

    /// <summary>What one scope running all the time would have accrued; rebased to zero when none runs.</summary>
    public Accrual Running;

    /// <summary>The running sum at the start of the interval being closed.</summary>
    public Accrual RunningBefore;

    /// <summary>Growth per active tick in the interval being closed.</summary>
    public Accrual Rate;

    /// <summary>Active ticks of the model in the interval being closed.</summary>
    public long ActiveTicks;

    /// <summary>Active ticks of the model in the interval closed last.</summary>
    public long LastActiveTicks;

    /// <summary>Active ticks, in the open interval, of scopes whose bill is closed already.</summary>
    public long LateTicks;

    /// <summary>Scopes running at the last boundary.</summary>
    public int RunningScopes;

    /// <summary>Scopes that entered and are not billed yet.</summary>
    public int UnbilledScopes;

    /// <summary>All the device ever assigned to the model.</summary>
    public readonly long Assigned => Pool + Waiting + Settled + Late;
}
