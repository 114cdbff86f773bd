using System.Numerics;

namespace GreenAI.Metering;

/// <summary>Counts decisions of a path by rule and verdict, in stripes so that processors do not share a line.</summary>
internal sealed class DecisionCounts
{
    public const int Verdicts = 5;

    // The first line of the array holds its length, which every access reads.
    private const int Lead = 16;
    private const int LineLongs = 16;
    private const int MaxStripes = 8;

    private readonly long[] _counts;
    private readonly int _stride;
    private readonly int _mask;

    public DecisionCounts(int rules)
    {
        Length = (rules + 1) * Verdicts;
        _stride = (Length + LineLongs - 1) / LineLongs * LineLongs;
        int stripes = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, MaxStripes));
        _mask = stripes - 1;
        _counts = new long[Lead + (stripes * _stride)];
    }

    public int Length { get; }

    /// <summary>The counter of a verdict that a rule decided; −1: no rule did.</summary>
    public static int Of(int rule, Verdict verdict) => ((rule + 1) * Verdicts) + (int)verdict;

    public void Add(int counter) => Interlocked.Increment(ref _counts[Lead + ((Thread.GetCurrentProcessorId() & _mask) * _stride) + counter]);

    public long Read(int counter)
    {
        long sum = 0;
        for (int at = Lead + counter; at < _counts.Length; at += _stride) sum += Interlocked.Read(ref _counts[at]);
        return sum;
    }
}
