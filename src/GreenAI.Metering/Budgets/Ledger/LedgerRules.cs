namespace GreenAI.Metering;

/// <summary>What every ledger asks of requests; checked before anything of a batch is booked.</summary>
internal static class LedgerRules
{
    /// <summary>The most characters of a holder's name.</summary>
    public const int MaxHolderLength = 64;

    /// <summary>The largest amount of a lease: sums of a few of them cannot overflow. In microjoules 640 MWh.</summary>
    public const long MaxAmount = 1L << 61;

    /// <exception cref="ArgumentException">A request is impossible; the message names its place.</exception>
    public static void Check(IReadOnlyList<LedgerRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        for (int i = 0; i < requests.Count; i++)
        {
            LedgerRequest? request = requests[i];
            string? wrong = request is null ? "It is null." : Wrong(request);
            if (wrong is null) continue;
            throw new ArgumentException(FormattableString.Invariant($"Request {i}: {wrong}"), nameof(requests));
        }
    }

    /// <exception cref="ArgumentException">The account is impossible.</exception>
    public static void Check(LedgerAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (Wrong(account) is { } wrong) throw new ArgumentException(wrong, nameof(account));
    }

    private static string? Wrong(LedgerRequest request)
    {
        if (request.Account is null) return "Account is missing.";
        if (Wrong(request.Account) is { } wrong) return wrong;
        if (request.Holder is not { Length: >= 1 and <= MaxHolderLength })
        {
            return FormattableString.Invariant($"Holder has {request.Holder?.Length ?? 0} characters; it must have 1 to {MaxHolderLength}.");
        }

        if (request.Period is null != (request.Lease == 0) || request.Lease < 0)
        {
            return FormattableString.Invariant($"Lease is {request.Lease} with the period '{request.Period}'; it is 0 without a period, and above 0 with one.");
        }

        if (request.TimeToLive <= TimeSpan.Zero) return $"TimeToLive is {request.TimeToLive}; it must be above zero.";
        return Wrong(nameof(request.Granted), request.Granted)
            ?? Wrong(nameof(request.Spent), request.Spent)
            ?? Wrong(nameof(request.Returned), request.Returned)
            ?? Wrong(nameof(request.Need), request.Need)
            ?? Negative(nameof(request.KnownSettled), request.KnownSettled)
            ?? Negative(nameof(request.KnownCharged), request.KnownCharged);
    }

    private static string? Wrong(LedgerAccount account)
    {
        if (account.Key is not { Length: >= 1 and <= LedgerAccount.MaxKeyLength })
        {
            return FormattableString.Invariant($"Key has {account.Key?.Length ?? 0} characters; it must have 1 to {LedgerAccount.MaxKeyLength}.");
        }

        if (account.Limit < 0) return FormattableString.Invariant($"Limit is {account.Limit}; it must not be negative.");
        if (account.Window is null) return "Window is missing.";
        return account.Window is { Type: BudgetWindowType.Rolling, Length.Ticks: <= 0 }
            ? $"Window.Length is {account.Window.Length}; a rolling window must have a length above zero."
            : null;
    }

    // What a ledger told of a whole period is a sum of leases, and stops only at the largest number.
    private static string? Negative(string name, long amount) =>
        amount >= 0 ? null : FormattableString.Invariant($"{name} is {amount}; it must not be negative.");

    private static string? Wrong(string name, long amount) => amount is >= 0 and <= MaxAmount
        ? null
        : FormattableString.Invariant($"{name} is {amount}; it must be from 0 to {MaxAmount}.");
}
