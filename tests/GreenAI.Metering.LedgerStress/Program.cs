using GreenAI.Metering.LedgerStress;

// Ledgers under processes that are killed, paused and cut off. The workers are this program, started by itself.
return args switch
{
    ["redis", .. string[] scenarios] => await RedisStress.RunAsync(scenarios),
    ["redis-worker", .. string[] arguments] => await RedisWorker.RunAsync(arguments),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: redis [plain|kill|pause|cut|restart|rollback|lost ...]");
    return 2;
}
