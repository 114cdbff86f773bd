namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>What callers of the demonstration do: several models, tenants, mistakes, callers that hang up, bursts.</summary>
internal sealed class DemoTraffic(BudgetPace pace, TimeProvider time)
{
    private const int Single = 1;
    private const int Batch = 32;
    private const int Long = PredictRequest.MaxPictures;
    private const int BurstConnections = 6;

    private static readonly TimeSpan _burstEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _burst = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _whenRefused = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _betweenDearOnes = TimeSpan.FromMilliseconds(2);

    private readonly DigitRequests _requests = new(Single, Batch, Long);
    private readonly long _start = time.GetTimestamp();

    public IReadOnlyList<LoadStream> Streams() =>
    [
        LoadStream.Every(40, random => To("/predict/digits-lr", Single, random, "acme")),
        LoadStream.Every(60, random => To("/predict/digits-mlp", Batch, random, "globex")),
        LoadStream.Every(150, random => To("/predict", Single, random)),
        Dear(random => To("/predict/digits-wide", Batch, random, "acme")),
        Dear(random => To("/predict/digits-wide", Batch, random, "globex")),

        // Exempt from the step that degrades: what it spends takes the budget to its last step.
        Dear(random => To("/predict/urgent", Batch, random, "globex")),
        LoadStream.Every(500, random => To("/compare", Single, random, "globex")),
        LoadStream.Every(700, random => To("/predict/stream", Batch, random, "globex")),

        // Long enough that the service is still at it when the caller has gone.
        LoadStream.Every(2500, random => To("/predict/stream", Long, random, "acme") with { HangsUp = true }),
        LoadStream.Every(1500, _ => new LoadRequest("/predict", DigitRequests.Invalid, "acme")),

        // A tenant that nobody knows is on nobody's account.
        LoadStream.Every(1000, random => To("/predict/digits-mlp", Single, random, "unknown-tenant")),
        .. Enumerable.Repeat(new LoadStream(random => IsBurst ? To("/predict/digits-mlp", Single, random, "acme") : null, _ => IsBurst ? TimeSpan.Zero : _look), BurstConnections),
    ];

    private bool IsBurst => time.GetElapsedTime(_start).Ticks % _burstEvery.Ticks > (_burstEvery - _burst).Ticks;

    private LoadStream Dear(Func<Random, LoadRequest> next) => new(
        random => pace.IsBehind || pace.IsRefused ? next(random) : null,
        _ => pace.IsRefused ? _whenRefused : pace.IsBehind ? _betweenDearOnes : _look);

    private LoadRequest To(string path, int batch, Random random, string? tenant = null) => new(path, _requests.Body(batch, random), tenant);
}
