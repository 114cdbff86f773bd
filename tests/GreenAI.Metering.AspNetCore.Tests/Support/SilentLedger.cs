namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>A shared ledger that does not answer.</summary>
internal sealed class SilentLedger : IBudgetLedger
{
    public string Name => "silent";

    public bool IsLocal => false;

    public ValueTask<IReadOnlyList<LedgerReply>> ExchangeAsync(IReadOnlyList<LedgerRequest> requests, CancellationToken cancellationToken) =>
        throw new LedgerUnavailableException("It does not answer, on purpose.", null);

    public ValueTask<LedgerBalance?> ReadAsync(LedgerAccount account, CancellationToken cancellationToken) =>
        throw new LedgerUnavailableException("It does not answer, on purpose.", null);

    public ValueTask DisposeAsync() => default;
}
