using System.Globalization;

namespace GreenAI.Metering.Samples;

/// <summary>One fault of one zone, from a time on and for a time.</summary>
internal sealed class FaultPlan(PowercapTree tree, PowercapZone zone, PowercapFault fault, TimeSpan at, TimeSpan length)
{
    private bool _started;
    private bool _ended;

    /// <summary>Starts or ends the fault if it is time.</summary>
    public void Apply(TimeSpan elapsed)
    {
        if (!_started && elapsed >= at)
        {
            _started = true;
            zone.Break(fault);
        }

        if (elapsed >= at + length) End();
    }

    /// <summary>Ends the fault if it is under way; a removed zone comes back under a number that was free.</summary>
    public void End()
    {
        if (!_started || _ended) return;
        _ended = true;
        if (fault == PowercapFault.Remove) zone.Restore(FreeNumber());
        else zone.Heal();
    }

    private int FreeNumber()
    {
        string prefix = zone.DirectoryName[..(zone.DirectoryName.LastIndexOf(':') + 1)];
        return 1 + tree.Zones
            .Where(other => other.DirectoryName.StartsWith(prefix, StringComparison.Ordinal))
            .Max(other => int.Parse(other.DirectoryName[prefix.Length..].Split(':')[0], CultureInfo.InvariantCulture));
    }
}
