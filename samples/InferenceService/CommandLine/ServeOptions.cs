namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>How to serve.</summary>
/// <param name="IsDemo">Whether the service drives itself with load.</param>
/// <param name="Duration">For how long.</param>
/// <param name="Keeps">Whether it goes on serving afterwards.</param>
/// <param name="HostArguments">What is left for the host: the addresses to listen on.</param>
internal sealed record ServeOptions(bool IsDemo, TimeSpan Duration, bool Keeps, string[] HostArguments);
