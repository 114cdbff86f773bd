namespace GreenAI.Metering;

/// <summary>What one reading added to a device's books.</summary>
internal readonly struct CounterStep
{
    public CounterStep(CounterStepKind kind, long microjoules, bool closes, long previousTimestamp, long timestamp)
    {
        Kind = kind;
        Microjoules = microjoules;
        Closes = closes;
        PreviousTimestamp = previousTimestamp;
        Timestamp = timestamp;
    }

    public CounterStepKind Kind { get; }

    /// <summary>Energy of the closed interval, at least 0; 0 when none closes.</summary>
    public long Microjoules { get; }

    /// <summary>Whether the interval from <see cref="PreviousTimestamp"/> to <see cref="Timestamp"/> is closed.</summary>
    public bool Closes { get; }

    /// <summary>Whether the energy of the closed interval is exact; false is a hole.</summary>
    public bool Covered => Closes && Kind
        is CounterStepKind.Counted or CounterStepKind.Equal or CounterStepKind.Bridged or CounterStepKind.Wrapped;

    /// <summary>Whether <see cref="Timestamp"/> is a boundary of the books: the first one, or the end of an interval.</summary>
    public bool IsBoundary => Closes || Kind == CounterStepKind.Baseline;

    /// <summary>The boundary before this reading.</summary>
    public long PreviousTimestamp { get; }

    /// <summary>When this reading was taken.</summary>
    public long Timestamp { get; }

    /// <summary>The flags of a sample that ends the closed interval.</summary>
    public SampleFlags Flags => SampleFlags.Energy
        | (Closes && !Covered ? SampleFlags.Hole : SampleFlags.None)
        | (Kind == CounterStepKind.Bridged ? SampleFlags.Bridged : SampleFlags.None)
        | (Kind == CounterStepKind.Ambiguous ? SampleFlags.LowerBound : SampleFlags.None);
}
