namespace GreenAI.Metering;

/// <summary>Requests of several accounts, and whose they are.</summary>
internal sealed class LedgerExchange
{
    private readonly List<LedgerRequest> _requests = [];
    private readonly List<(LeasedAccount Account, BudgetLease Lease)> _of = [];

    public IReadOnlyList<LedgerRequest> Requests => _requests;

    public void Add(LeasedAccount account, BudgetLease lease, LedgerRequest request)
    {
        _requests.Add(request);
        _of.Add((account, lease));
    }

    /// <summary>Hands the replies to their accounts; true when one of them has to ask again at once.</summary>
    public bool Take(IReadOnlyList<LedgerReply> replies, long sentAt)
    {
        bool again = false;
        for (int i = 0; i < replies.Count; i++) again |= _of[i].Account.Take(_of[i].Lease, _requests[i], replies[i], sentAt);
        return again;
    }
}
