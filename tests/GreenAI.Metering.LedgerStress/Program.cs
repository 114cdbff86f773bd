using GreenAI.Metering.LedgerStress;

// Kills, pauses and cuts off processes that spend from a ledger, and counts what is left. The first argument is the command.
string command = args.Length == 0 ? "" : args[0];
string[] rest = args.Length == 0 ? [] : args[1..];
return command switch
{
    "sqlite" => await SqliteKills.RunAsync(rest),
    "sqlite-worker" => await SqliteWorker.RunAsync(rest),
    "redis" => await RedisStress.RunAsync(rest),
    "redis-worker" => await RedisWorker.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        Usage: GreenAI.Metering.LedgerStress COMMAND
          sqlite [KILLS] [SEED]        kills a process that spends from a SQLite file, 100 times unless told otherwise, and compares
          sqlite --negative-control    the same with a process that counts twice: fails
          sqlite-worker FILE SEED      what is killed; by itself it spends until its input ends
          redis [SCENARIO ...]         eight processes on one Redis: plain, kill, pause, cut, restart, rollback, lost; all unless told otherwise
          redis-worker FILE ...        one of the eight, started by redis
        """);
    return 2;
}
