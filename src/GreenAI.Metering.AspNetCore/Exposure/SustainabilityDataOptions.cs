using System.Diagnostics.CodeAnalysis;

namespace GreenAI.Metering;

/// <summary>What <c>/.well-known/sustainability-data</c> tells of a service, by draft-besleaga-sustainability-wellknown-05 (2026-07-28), which may still change.</summary>
/// <remarks>Read once, when the endpoint is mapped. Not thread-safe while it is being changed.</remarks>
[Experimental("GAIM0001")]
public sealed class SustainabilityDataOptions
{
    /// <summary>The version of the document.</summary>
    /// <value><c>1.0</c>.</value>
    public string Version { get; set; } = "1.0";

    /// <summary>Who reports. Must be set.</summary>
    public string Provider { get; set; } = "";

    /// <summary>Where the method of measurement is described: an absolute <c>https</c> address. Must be set.</summary>
    public Uri? MethodologyUri { get; set; }

    /// <summary>What is reported on, such as the origin <c>https://example.org</c>. Must be set.</summary>
    public string Target { get; set; } = "";

    /// <summary>What kind of thing that is: origin, path, organization, service, product, device, tenant or data-source.</summary>
    /// <value>Null: not told.</value>
    public string? TargetType { get; set; }

    /// <summary>How much is reported: basic or extended.</summary>
    /// <value><c>basic</c>.</value>
    public string Capabilities { get; set; } = "basic";

    /// <summary>How it was measured: hardware-metered, hardware-estimated, cloud-billing, third-party-modeled, or a text of one's own.</summary>
    /// <value>Null: hardware-metered or hardware-estimated, by the tier of this process's meter. Must be set where nothing is metered.</value>
    public string? MeasurementMethod { get; set; }

    /// <summary>A disclosure for readers: an absolute <c>https</c> address.</summary>
    /// <value>Null: not told.</value>
    public Uri? DisclosureUri { get; set; }

    /// <summary>An attestation that can be verified: an absolute <c>https</c> address.</summary>
    /// <value>Null: not told.</value>
    public Uri? VerifiableAttestationUri { get; set; }

    /// <summary>
    /// Whether to report what this process metered in the last complete day (UTC). Only true where this process is all there is of the target: it knows nothing of other replicas, and
    /// nothing of the time before its start, so that nothing is reported until it has seen a day from midnight to midnight.
    /// </summary>
    /// <value>False.</value>
    public bool PublishMeteredFigures { get; set; }

    /// <summary>
    /// Gives figures that the host has from elsewhere, such as its books of a fleet. Asked at most once a minute, and not on the path of other requests; null from it: none are reported.
    /// </summary>
    /// <value>Null. Not together with <see cref="PublishMeteredFigures"/>.</value>
    public Func<SustainabilityFigures?>? Figures { get; set; }

    /// <summary>
    /// How far each period's figures are moved, all of them by one random factor, so that they cannot be recognised: 0.01 moves them by up to 1 %. Asking again gives the same.
    /// </summary>
    /// <value>0. From 0 to 0.05.</value>
    public double Noise { get; set; }

    /// <summary>Whether callers by plain HTTP are refused, as the draft asks. Behind a proxy that ends TLS the host needs <c>UseForwardedHeaders</c>.</summary>
    /// <value>True.</value>
    public bool RequireHttps { get; set; } = true;

    /// <summary>Further figures by reverse domain name: <c>com.example.pue</c>.</summary>
    /// <value>Empty.</value>
    public IDictionary<string, double> Extensions { get; set; } = new Dictionary<string, double>(StringComparer.Ordinal);
}
