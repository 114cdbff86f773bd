using System.Collections.Concurrent;

namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>What became of the requests to one path.</summary>
internal sealed class LoadTally
{
    private readonly ConcurrentDictionary<string, StrongCount> _answers = new(StringComparer.Ordinal);

    public LatencyHistogram Latency { get; } = new();

    /// <summary>How often each answer came: a status code in digits, or in words why there was none.</summary>
    public IEnumerable<KeyValuePair<string, long>> Answers => _answers.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Value));

    public long Requests => _answers.Values.Sum(count => count.Value);

    public void Add(string answer, TimeSpan duration)
    {
        _answers.GetOrAdd(answer, static _ => new StrongCount()).Increment();
        Latency.Add(duration);
    }

    private sealed class StrongCount
    {
        private long _value;

        public long Value => Interlocked.Read(ref _value);

        public void Increment() => Interlocked.Increment(ref _value);
    }
}
