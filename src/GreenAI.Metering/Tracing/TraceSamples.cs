namespace GreenAI.Metering;

/// <summary>A sample as what changed since the device's sample before.</summary>
internal static class TraceSamples
{
    public static void Write(TraceSegment to, in PowerSample sample, ref PowerSample known, long now)
    {
        bool utilization = Bits(sample.Utilization) != Bits(known.Utilization);
        bool share = Bits(sample.ProcessShare) != Bits(known.ProcessShare);
        bool kind = (sample.Tier, sample.Flags, sample.Fault) != (known.Tier, known.Flags, known.Fault);
        to.Byte(TraceEvent.Sample);
        to.Byte((byte)((sample.Microjoules != known.Microjoules ? TraceEvent.Microjoules : 0)
            | (sample.Milliwatts != known.Milliwatts ? TraceEvent.Milliwatts : 0)
            | (utilization ? TraceEvent.Utilization : 0) | (share ? TraceEvent.Share : 0) | (kind ? TraceEvent.Kind : 0)));
        to.Signed(unchecked(now - sample.Timestamp));
        if (sample.Microjoules != known.Microjoules) to.Signed(unchecked(sample.Microjoules - known.Microjoules));
        if (sample.Milliwatts != known.Milliwatts) to.Signed((long)sample.Milliwatts - known.Milliwatts);
        if (utilization) to.Fixed32(Bits(sample.Utilization));
        if (share) to.Fixed32(Bits(sample.ProcessShare));
        if (kind)
        {
            to.Byte((byte)sample.Tier);
            to.Byte((byte)sample.Flags);
            to.Byte((byte)sample.Fault);
        }

        known = sample;
    }

    /// <summary>Reads what follows the event's first byte.</summary>
    public static void Read(TraceReader from, ref PowerSample known, long now)
    {
        byte flags = from.Byte();
        if (flags > 31) throw from.Fail($"A sample has the unknown fields {flags}.");
        known = known with { Timestamp = from.Time(now) };
        if ((flags & TraceEvent.Microjoules) != 0) known = known with { Microjoules = unchecked(known.Microjoules + from.Signed()) };
        if ((flags & TraceEvent.Milliwatts) != 0) known = known with { Milliwatts = unchecked((int)(known.Milliwatts + from.Signed())) };
        if ((flags & TraceEvent.Utilization) != 0) known = known with { Utilization = BitConverter.Int32BitsToSingle(from.Fixed32()) };
        if ((flags & TraceEvent.Share) != 0) known = known with { ProcessShare = BitConverter.Int32BitsToSingle(from.Fixed32()) };
        if ((flags & TraceEvent.Kind) == 0) return;
        known = known with { Tier = (MeasurementTier)from.Byte(), Flags = (SampleFlags)from.Byte(), Fault = (SampleFault)from.Byte() };
    }

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);
}
