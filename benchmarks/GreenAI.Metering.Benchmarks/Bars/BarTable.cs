namespace GreenAI.Metering.Benchmarks;

/// <summary>The rows of the design's "Numbers to hold": one class a row, in <c>Rows/</c>, and one line here.</summary>
internal static class BarTable
{
    public static IReadOnlyList<Func<Bar>> Rows { get; } =
    [
        static () => new RingQueryBar("ring query", pauses: false),
        static () => new RingQueryBar("ring query, pauses", pauses: true),
        static () => new ZoneReadBar(),
    ];
}
