namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>The kinds of requests of <see cref="MixedLoad"/>.</summary>
internal enum RequestKind
{
    Plain,
    Streaming,
    AbortedByTheCaller,
    ThrowsBefore,
    ThrowsAfterItBegan,
    Degraded,
    Suspended,
    Several,
}
