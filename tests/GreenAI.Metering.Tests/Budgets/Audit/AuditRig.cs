using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

/// <summary>A folder of its own for an audit log, and events to put into it.</summary>
internal sealed class AuditRig : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly string _root = Directory.CreateTempSubdirectory("audit").FullName;

    public string Folder => Path.Combine(_root, "log");

    public FakeTimeProvider Time { get; } = new(Start);

    public CollectingLoggerFactory Logs { get; } = new();

    public AuditLogOptions Options => new() { Folder = Folder, FlushesToDisk = false };

    public AuditLog Open(AuditLogOptions? options = null) => new(options ?? Options, Time, Logs);

    public AuditLog Open(AuditOpener opener, AuditLogOptions? options = null) => new(options ?? Options, Time, ((ILoggerFactory)Logs).CreateLogger(""), opener);

    public static Stream OpenFile(string path, FileMode mode) => AuditFolder.OpenToWrite(path, mode, FileShare.Read);

    public static BudgetEvent Event(int number, string? reason = null) => new()
    {
        Kind = (BudgetEventKind)(number % 9),
        Time = Start.AddSeconds(number),
        PolicyHash = "sha256:abc",
        Rule = "resnet50-month",
        Verdict = Verdict.Warn,
        Count = number,
        Reason = reason ?? $"Spend is {number} g of 40 g.",
        Status = new() { Budget = "resnet50-month", Kind = BudgetKind.Emissions, Limit = 4e7, Spent = number, BurnRates = [new(TimeSpan.FromHours(1), 14.4)] },
    };

    /// <summary>Writes runs of events, each into a file of its own, and ends the log.</summary>
    public async Task WriteAsync(params int[] runs)
    {
        int number = 0;
        foreach (int run in runs)
        {
            await using AuditLog log = Open();
            for (int i = 0; i < run; i++) Assert.True(log.TryAppend(Event(number++)));
            await log.FlushAsync(CancellationToken.None);
        }
    }

    public Task<AuditVerification> VerifyAsync() => AuditLog.VerifyAsync(Folder, cancellationToken: TestContext.Current.CancellationToken);

    public string PathOf(int number) => Path.Combine(Folder, AuditFolder.Name(number));

    public string[] Lines(int number) => File.ReadAllLines(PathOf(number));

    /// <summary>Lets the task of the log go on until something is so.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(30), "It did not come to that within 30 s.");
            await Task.Yield();
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
