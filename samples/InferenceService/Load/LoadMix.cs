namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>What the load command sends: all endpoints, all models, two tenants.</summary>
internal sealed class LoadMix
{
    private const int SmallBatch = 1;
    private const int LargeBatch = 32;

    private static readonly string?[] _tenants = ["acme", "globex", null];

    private readonly DigitRequests _requests = new(SmallBatch, LargeBatch);

    /// <summary>The next request: of a hundred, sixty single pictures, thirty batches, five streams and five comparisons.</summary>
    public LoadRequest Next(Random random)
    {
        string? tenant = _tenants[random.Next(_tenants.Length)];
        string model = DigitModels.Names[random.Next(DigitModels.Names.Count)];
        return random.Next(100) switch
        {
            < 60 => new LoadRequest($"/predict/{model}", _requests.Body(SmallBatch, random), tenant),
            < 90 => new LoadRequest($"/predict/{model}", _requests.Body(LargeBatch, random), tenant),
            < 95 => new LoadRequest("/predict/stream", _requests.Body(LargeBatch, random), tenant),
            _ => new LoadRequest("/compare", _requests.Body(SmallBatch, random), tenant),
        };
    }
}
