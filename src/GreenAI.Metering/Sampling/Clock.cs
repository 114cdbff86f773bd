using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>Timestamps of a <see cref="TimeProvider"/>, without the virtual call where it is the system's.</summary>
/// <remarks><see cref="TimeProvider.System"/> documents its timestamps as those of <c>Stopwatch</c>.</remarks>
internal readonly struct Clock(TimeProvider provider)
{
    private readonly TimeProvider? _provider = provider == TimeProvider.System ? null : provider;

    [SuppressMessage("ApiDesign", "RS0030", Justification = "The clock itself: a request reads it twice, and a virtual call has no place beside a read of 30 ns.")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GetTimestamp() => _provider is null ? Stopwatch.GetTimestamp() : _provider.GetTimestamp();
}
