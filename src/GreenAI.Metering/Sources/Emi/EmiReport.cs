using System.Globalization;

namespace GreenAI.Metering;

/// <summary>The sentences of the detection report about the Energy Meter Interface.</summary>
internal static class EmiReport
{
    public const string SourceName = "emi";

    public const string Remark = "Read through Windows' EMI, which is not yet verified on hardware.";

    private const int MaxNames = 16;

    public static SourceFinding NotWindows => Finding(SourceStatus.NotFound, "The Energy Meter Interface is Windows' only.");

    public static SourceFinding Absent => Finding(
        SourceStatus.NotFound,
        "Windows lists no energy meter here.",
        "The processor driver of Windows 11 offers one for Intel and AMD on bare metal; virtual machines and most of Windows 10 have none.");

    public static SourceFinding NoList(int result) => Finding(
        SourceStatus.Failed, Text($"Windows' configuration manager does not list energy meters (CONFIGRET {result})."));

    public static SourceFinding Refused(int number, int count, string refusal, SampleFault fault) => Finding(
        fault == SampleFault.NoPermission ? SourceStatus.Unreadable : SourceStatus.Failed,
        Text($"Energy meter {number} of {count} {refusal}."),
        fault == SampleFault.NoPermission
            ? "Run the service outside an AppContainer, or let its account read the device; do not open it to everybody."
            : null);

    public static SourceFinding NothingToSum(IEnumerable<EmiDevice> meters, IReadOnlyList<EmiReading> readings)
    {
        bool failed = readings.Any(static reading => reading.Domain == EnergyDomain.CpuPackage);
        string[] names = [.. meters.SelectMany(static meter => meter.Channels).Select(static channel => channel.Name)
            .Where(static name => name.Length > 0).Take(MaxNames)];
        return failed
            ? Finding(SourceStatus.Failed, "The energy meters have package channels, but measuring them failed.")
            : Finding(SourceStatus.NotFound, $"The energy meters have no RAPL package channel, only {(names.Length == 0 ? "nameless ones" : string.Join(", ", names))}.");
    }

    public static SourceFinding Used(IEnumerable<EmiReading> readings, IReadOnlyList<PowerDevice> devices) => new()
    {
        Source = SourceName,
        Status = SourceStatus.Used,
        Reason = $"Energy is the sum of {string.Join(", ", readings.Select(static reading => reading.Channel.Name))}. {Remark}",
        Devices = devices,
    };

    public static SourceFinding Mirror(EmiChannel channel, EmiChannel original) => Finding(
        SourceStatus.NotNeeded, $"The channel {channel.Name} shows the counter of {original.Name}: it is counted once.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static SourceFinding Finding(SourceStatus status, string reason, string? remedy = null) =>
        new() { Source = SourceName, Status = status, Reason = reason, Remedy = remedy };
}
