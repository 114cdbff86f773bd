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
        IBusyTime? own = scope switch
        {
            EnergyScope.Machine => null,
            EnergyScope.Container => FindGroup(context, out reason),
            _ => new OwnProcessorTime(),
        };
        return new ProcessorTimes(new MachineBusyTime(context.ProcRoot), own, OnlineProcessors.Count(context));
    }

    private static IBusyTime FindGroup(SourceContext context, out string? reason)
    {
        if (ControlGroup.Find(context, out string why) is { } group)
        {
            reason = null;
            return new ControlGroupProcessorTime(group.Directory);
        }

        reason = $"{why} Only this process counts as ours, not its children.";
        return new OwnProcessorTime();
    }
}
