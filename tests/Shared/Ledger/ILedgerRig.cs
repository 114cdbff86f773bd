namespace GreenAI.Metering.Checks;

/// <summary>A ledger under test, and its clock.</summary>
public interface ILedgerRig : IAsyncDisposable
{
    /// <summary>The ledger, empty.</summary>
    IBudgetLedger Ledger { get; }

    /// <summary>What the ledger's clock shows.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The unit of time of the tests: leases last 30 of them. A ledger whose clock cannot be moved makes it short.</summary>
    TimeSpan Second { get; }

    /// <summary>How long after its time to live a lease is surely over.</summary>
    TimeSpan Slack { get; }

    /// <summary>How long the rest of an expired lease stays charged unless its holder reports; zero: it is given back at once.</summary>
    TimeSpan ForfeitFor { get; }

    /// <summary>Whether the clock stands still between calls of <see cref="AdvanceAsync"/>, so that instants are exact and periods can be ended.</summary>
    bool IsExact { get; }

    /// <summary>Moves the ledger's clock, or waits that long.</summary>
    Task AdvanceAsync(TimeSpan by);
}
