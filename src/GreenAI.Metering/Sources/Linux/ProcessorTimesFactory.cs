namespace GreenAI.Metering;

/// <summary>Makes the processor times of a scope.</summary>
internal static class ProcessorTimesFactory
{
    /// <summary>Makes them; where the scope cannot be told, it is this process only.</summary>
    /// <param name="context">Where sysfs and procfs are.</param>
    /// <param name="scope">Whose work is ours.</param>
    /// <param name="reason">Why the scope is narrower than asked for, as a sentence; null when it is not.</param>
    public static ProcessorTimes Create(SourceContext context, EnergyScope scope, out string? reason)
    {
        reason = null;
        ControlGroup? group = ControlGroup.Find(context, out string why);
        if (scope == EnergyScope.Container && group is null) reason = $"{why} Only this process counts as ours, not its children.";
        IBusyTime? own = scope switch
        {
            EnergyScope.Machine => null,
            EnergyScope.Container when group is not null => new ControlGroupProcessorTime(group.Directory),
            _ => new OwnProcessorTime(),
        };
        IBusyTime? throttled = group is null ? null : ControlGroupThrottling.Find(group);
        return new ProcessorTimes(new MachineBusyTime(context.ProcRoot), own, OnlineProcessors.Count(context), throttled);
    }
}
