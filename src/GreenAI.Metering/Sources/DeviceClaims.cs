using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Knows which devices the meters of this process read, to warn when two attribute the same energy.</summary>
/// <remarks>Thread-safe.</remarks>
internal static class DeviceClaims
{
    private static readonly Dictionary<string, int> _claimed = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Claim(ReadOnlySpan<DeviceMeter> devices, ILogger logger)
    {
        List<string> own = [];
        foreach (DeviceMeter device in devices) own.Add(device.Device.Id);
        lock (_claimed)
        {
            foreach (string id in own)
            {
                _claimed.TryGetValue(id, out int meters);
                if (meters > 0) Log.MeteredTwice(logger, id);
                _claimed[id] = meters + 1;
            }
        }

        return own;
    }

    public static void Release(IReadOnlyList<string> ids)
    {
        lock (_claimed)
        {
            foreach (string id in ids)
            {
                if (--_claimed[id] == 0) _claimed.Remove(id);
            }
        }
    }
}
