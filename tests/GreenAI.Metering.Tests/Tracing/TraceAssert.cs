namespace GreenAI.Metering.Tests;

internal static class TraceAssert
{
    /// <summary>The bills are the same to the last bit, in the same order.</summary>
    public static void Same(IReadOnlyList<InferenceFootprint> expected, IReadOnlyList<InferenceFootprint> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            string left = Bits.Of(expected[i]), right = Bits.Of(actual[i]);
            if (left != right) Assert.Fail($"Bill {i} differs:\n{left}\n{right}");
            Assert.Equal(expected[i].Model.Name, actual[i].Model.Name);
        }
    }

    /// <summary>The bytes are refused as a trace, with an offset inside them.</summary>
    public static TraceFormatException Refused(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        TraceFormatException refused = Assert.Throws<TraceFormatException>(() => TraceReplay.Run(stream));
        Assert.InRange(refused.Offset, 0, bytes.Length);
        Assert.StartsWith($"The trace is refused at byte {refused.Offset}: {refused.Reason}", refused.Message, StringComparison.Ordinal);
        return refused;
    }
}
