namespace GreenAI.Metering.Observability.Tests.Live;

/// <summary>An alert, and where it was delivered to.</summary>
internal sealed record DeliveredAlert(string Path, string Status, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations)
{
    public string Name => Labels["alertname"];
}
