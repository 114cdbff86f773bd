namespace GreenAI.Metering;

/// <summary>What a source needs to look at its surroundings.</summary>
/// <param name="SysfsRoot">Where sysfs is mounted; default <c>/sys</c>.</param>
/// <param name="ProcRoot">Where procfs is mounted; default <c>/proc</c>.</param>
/// <param name="TimeProvider">The clock of sample timestamps.</param>
internal sealed record SourceContext(string SysfsRoot, string ProcRoot, TimeProvider TimeProvider);
