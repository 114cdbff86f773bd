using Microsoft.AspNetCore.Http.Features;

namespace GreenAI.Metering.AspNetCore.Tests.Page;

/// <summary>The connection of a stalled body.</summary>
internal sealed class CutLifetime(StalledBody body) : IHttpRequestLifetimeFeature
{
    public bool IsCut { get; private set; }

    public CancellationToken RequestAborted { get; set; }

    public void Abort()
    {
        IsCut = true;
        body.Cut();
    }
}
