using System.Collections.Concurrent;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>The mean grams of an inference of each model, over the answers in which a backend told them.</summary>
/// <remarks>There are as many models as routes name; what comes over the wire adds none.</remarks>
internal sealed class ModelCarbon
{
    private readonly ConcurrentDictionary<string, Mean> _models = new(StringComparer.Ordinal);

    public void Add(string model, double grams)
    {
        Mean mean = _models.GetOrAdd(model, static _ => new Mean());
        lock (mean)
        {
            mean.Count++;
            mean.Grams += grams;
        }
    }

    /// <summary>The mean; null while nothing is known.</summary>
    public double? PerInference(string model)
    {
        if (!_models.TryGetValue(model, out Mean? mean)) return null;
        lock (mean) return mean.Grams / mean.Count;
    }

    private sealed class Mean
    {
        public double Grams { get; set; }

        public long Count { get; set; }
    }
}
