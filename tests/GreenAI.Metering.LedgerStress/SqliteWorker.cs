using System.Globalization;

namespace GreenAI.Metering.LedgerStress;

/// <summary>Spends from a ledger in a file until it is killed, and tells what it is about to flush and what was flushed.</summary>
internal static class SqliteWorker
{
    /// <summary>The account that all runs spend from.</summary>
    public static LedgerAccount Account { get; } = new() { Key = "stress", Window = new() { Type = BudgetWindowType.Lifetime }, Limit = 1_000_000_000_000 };

    /// <summary>How long a lease of a killed process is out.</summary>
    public static TimeSpan TimeToLive { get; } = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length is not (2 or 3) || !int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out int seed)) return 2;
        Random random = new(seed);
        await using SqliteBudgetLedger ledger = new(new() { Path = args[0], BusyTimeout = TimeSpan.FromSeconds(30) });
        await using StreamWriter output = new(Console.OpenStandardOutput()) { AutoFlush = true };

        // A parent that is gone ends its worker too.
        Task<int> ended = Task.Run(Console.Read);
        LedgerReply? reply = null;
        string holder = FormattableString.Invariant($"worker {seed}");
        long spent = 0;
        while (!ended.IsCompleted)
        {
            // Requests of a service: small amounts, many between two flushes.
            for (int i = random.Next(1, 40); i > 0 && reply is not null; i--) spent += random.Next(1, 2_000);
            await output.WriteLineAsync(FormattableString.Invariant($"telling {spent}"));
            LedgerRequest request = new()
            {
                Account = Account,
                Holder = holder,
                Period = reply?.Period,
                Lease = reply?.Lease ?? 0,
                Granted = reply?.Granted ?? 0,
                Spent = spent,
                KnownSettled = reply?.Balance.Settled ?? 0,
                Need = 100_000,
                TimeToLive = TimeToLive,
            };
            reply = (await ledger.ExchangeAsync([request], CancellationToken.None))[0];
            if (args.Length == 3) await ledger.ExchangeAsync([Again(request)], CancellationToken.None);
            if (reply.Status != LedgerStatus.Granted) throw new InvalidOperationException($"{reply.Status}");
            await output.WriteLineAsync(FormattableString.Invariant($"told {spent} {reply.Balance.Settled}"));
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 50)));
        }

        return 0;
    }

    // What a ledger would do that counts a report twice.
    private static LedgerRequest Again(LedgerRequest request) =>
        new() { Account = request.Account, Holder = request.Holder + " again", Spent = request.Spent, TimeToLive = request.TimeToLive };
}
