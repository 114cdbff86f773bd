using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>All log messages of the core. Event ids are stable; nothing is logged per request or per tick.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Metering {Devices} device(s): {Report}")]
    public static partial void Started(ILogger logger, int devices, string report);

    [LoggerMessage(2, LogLevel.Warning, "Nothing can be metered on this host: {Report}")]
    public static partial void NoDevice(ILogger logger, string report);

    [LoggerMessage(3, LogLevel.Warning, "Readings of {Device} fail ({Fault}): no energy is invented, coverage falls until they return.")]
    public static partial void DeviceFailed(ILogger logger, string device, SampleFault fault);

    [LoggerMessage(4, LogLevel.Information, "Readings of {Device} have returned.")]
    public static partial void DeviceReturned(ILogger logger, string device);

    [LoggerMessage(5, LogLevel.Warning, "The energy of an interval of {Device} is not known ({Kind}): it is a hole in the coverage.")]
    public static partial void EnergyUnknown(ILogger logger, string device, string kind);

    [LoggerMessage(6, LogLevel.Error, "Power source {Source} threw: taken as a failed reading of its devices.")]
    public static partial void SourceThrew(ILogger logger, Exception exception, string source);

    [LoggerMessage(7, LogLevel.Error, "The sampler failed and goes on with its next tick.")]
    public static partial void SamplerFailed(ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Error, "Observer {Observer} threw; this is logged once, further exceptions of it are not.")]
    public static partial void ObserverThrew(ILogger logger, Exception exception, string observer);

    [LoggerMessage(9, LogLevel.Warning, "More than {Capacity} model names: {Model} and all further names are metered together as (overflow).")]
    public static partial void ModelOverflow(ILogger logger, int capacity, string model);

    [LoggerMessage(10, LogLevel.Warning, "Another energy meter of this process already meters {Device}: both attribute the same energy. Share one meter.")]
    public static partial void MeteredTwice(ILogger logger, string device);

    [LoggerMessage(11, LogLevel.Warning, "More than 64 devices: {Ignored} are not metered.")]
    public static partial void TooManyDevices(ILogger logger, int ignored);

    [LoggerMessage(12, LogLevel.Error, "A listener of final footprints or metrics threw.")]
    public static partial void ListenerThrew(ILogger logger, Exception exception);

    [LoggerMessage(13, LogLevel.Warning, "The energy scope is narrower than asked for. {Reason}")]
    public static partial void ScopeNarrowed(ILogger logger, string reason);

    [LoggerMessage(14, LogLevel.Warning, "Source {Source} is not metered: its device {Device} is metered through another source already.")]
    public static partial void DuplicateDevice(ILogger logger, string source, string device);

    [LoggerMessage(15, LogLevel.Warning, "Model {Model} is declared to use '{Device}', and no metered device of this host is called so: that part of its energy is not seen.")]
    public static partial void UnknownDevice(ILogger logger, string model, string device);

    [LoggerMessage(20, LogLevel.Warning, "The trace cannot be written: recording has ended, metering goes on.")]
    public static partial void TraceFailed(ILogger logger, Exception exception);

    [LoggerMessage(21, LogLevel.Warning, "The trace is written too slowly: more than {Bytes} bytes waited. Recording has ended, metering goes on.")]
    public static partial void TraceCut(ILogger logger, int bytes);

    [LoggerMessage(22, LogLevel.Error, "A close did not end: the recording of the trace has ended before it.")]
    public static partial void TraceBroken(ILogger logger);

    [LoggerMessage(24, LogLevel.Information, "Grid carbon intensities come from {Provider}. Passed over: {Skipped}")]
    public static partial void CarbonAnswered(ILogger logger, string provider, string skipped);

    [LoggerMessage(25, LogLevel.Warning, "No grid carbon intensity: {Gap}. {Reason}")]
    public static partial void CarbonRefused(ILogger logger, CarbonGap gap, string reason);

    [LoggerMessage(26, LogLevel.Information, "Emissions are unavailable: {Reason}")]
    public static partial void CarbonUnavailable(ILogger logger, string reason);

    [LoggerMessage(27, LogLevel.Warning, "Embodied carbon is unavailable: {Reason}")]
    public static partial void EmbodiedUnavailable(ILogger logger, string reason);

    [LoggerMessage(30, LogLevel.Error, "The audit log in {Folder} cannot be written: it is tried again each {Interval}, and what finds its queue full is counted as lost. {Reason}")]
    public static partial void AuditFailed(ILogger logger, Exception exception, string folder, TimeSpan interval, string reason);

    [LoggerMessage(31, LogLevel.Information, "The audit log in {Folder} is written again; {Lost} event(s) were lost so far.")]
    public static partial void AuditReturned(ILogger logger, string folder, long lost);

    [LoggerMessage(32, LogLevel.Error, "The audit log in {Folder} was changed by others: it goes on in {File}, which says so. {Reason}")]
    public static partial void AuditBroken(ILogger logger, string folder, string file, string reason);

    [LoggerMessage(33, LogLevel.Warning, "The last line of the audit log in {Folder} was not whole, as after a crash: its {Bytes} bytes were moved to {File}.")]
    public static partial void AuditTorn(ILogger logger, string folder, long bytes, string file);

    [LoggerMessage(34, LogLevel.Error, "An event could not be made a record of the audit log in {Folder}: it is counted as lost.")]
    public static partial void AuditRefused(ILogger logger, Exception exception, string folder);

    [LoggerMessage(35, LogLevel.Error, "The audit log in {Folder} ends with {Events} event(s) that could not be written.")]
    public static partial void AuditCut(ILogger logger, string folder, long events);

    [LoggerMessage(23, LogLevel.Warning, "The trace is not written to its end yet: the meter ends without waiting for it any longer.")]
    public static partial void TraceLate(ILogger logger);

    [LoggerMessage(60, LogLevel.Warning, "The budget ledger {Ledger} does not answer: leases in hand go on, what is spent is told later. {Reason}")]
    public static partial void LedgerLost(ILogger logger, string ledger, string reason);

    [LoggerMessage(61, LogLevel.Information, "The budget ledger {Ledger} answers again.")]
    public static partial void LedgerReturned(ILogger logger, string ledger);

    [LoggerMessage(63, LogLevel.Information, "Policy {Version} is in force ({Hash}): {Budgets} budget(s).")]
    public static partial void PolicyApplied(ILogger logger, string version, string hash, int budgets);

    [LoggerMessage(66, LogLevel.Warning, "Budgets of emissions ({Budgets}) cannot be kept, and refuse nothing unless they say refuseUnmetered: {Reason}")]
    public static partial void BudgetsWithoutGrams(ILogger logger, string budgets, string reason);

    [LoggerMessage(67, LogLevel.Warning, "No policy is in force, and nothing is refused, until policy {Version} comes into force at {EffectiveFrom:u}.")]
    public static partial void PolicyAhead(ILogger logger, string version, DateTimeOffset effectiveFrom);

    [LoggerMessage(64, LogLevel.Error, "A policy was refused; the one in force ({Version}) stays. {Problem}")]
    public static partial void PolicyRefused(ILogger logger, string version, string problem);

    [LoggerMessage(65, LogLevel.Warning, "More than {Capacity} tenants: {Tenant} and all further names are told apart no more.")]
    public static partial void TenantOverflow(ILogger logger, int capacity, string tenant);

    [LoggerMessage(70, LogLevel.Error, "The policy could not be looked at or put into force; the one in force stays.")]
    public static partial void PolicyFailed(ILogger logger, Exception exception);

    [LoggerMessage(62, LogLevel.Error, "Budgets failed in a close; metering goes on. This is logged once.")]
    public static partial void BudgetsFailed(ILogger logger, Exception exception);
}
