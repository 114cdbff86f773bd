using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>Traces that are damaged, cut or made up: refused with the offset, and nothing worse.</summary>
public sealed class TraceDamageTests
{
    private static readonly byte[] _trace = Record();

    [Fact]
    public void Trace_CutAtAnyByte_IsRefusedThere()
    {
        for (int length = 0; length < _trace.Length; length++)
        {
            TraceFormatException refused = TraceAssert.Refused(_trace[..length]);
            Assert.True(refused.Offset <= length, refused.Message);
        }

        using var whole = new MemoryStream(_trace);
        Assert.True(TraceReplay.Run(whole).MatchesRecording);
    }

    [Fact]
    public void Trace_AnyByteFlipped_IsRefusedBeforeIt()
    {
        byte[] damaged = [.. _trace];
        for (int i = 0; i < damaged.Length; i++)
        {
            foreach (byte flip in (ReadOnlySpan<byte>)[1, 0x80, 0xFF])
            {
                damaged[i] ^= flip;
                TraceFormatException refused = TraceAssert.Refused(damaged);
                damaged[i] ^= flip;
                // Of the block that holds the byte: what stands after it was not looked at, but for the place of a checksum.
                Assert.True(refused.Offset <= i + TraceFormat.BlockHeaderSize, refused.Message);
            }
        }
    }

    [Fact]
    public void Trace_OfAnotherVersion_SaysWhichOneIsRead()
    {
        byte[] other = [.. _trace];
        other[8] = 2;
        Assert.Equal("It is a trace of version 2; this library reads version 1.", TraceAssert.Refused(other).Reason);
        Assert.Equal(8, TraceAssert.Refused(other).Offset);
    }

    [Fact]
    public void Trace_SomethingElse_IsRefusedAtItsBeginning() =>
        Assert.Equal(0, TraceAssert.Refused("PK not a trace at all, but longer than one would be"u8.ToArray()).Offset);

    [Fact]
    public void Trace_SomethingBehindTheEnd_IsRefused() =>
        Assert.Equal("Something follows the end of the trace.", TraceAssert.Refused([.. _trace, 0]).Reason);

    [Fact]
    public void Header_WithAnUnknownOption_IsRefused()
    {
        byte[] other = SealedTrace.Replace(_trace, TraceFormat.HeaderBlock, json => json.Replace("\"maxModels\"", "\"newOption\":1,\"maxModels\"", StringComparison.Ordinal));
        Assert.Contains("newOption", TraceAssert.Refused(other).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"timestampFrequency\":1000000000", "\"timestampFrequency\":0", "timestampFrequency is 0")]
    [InlineData("\"maxScopes\":4096", "\"maxScopes\":2000000000", "MaxScopes is 2000000000")]
    [InlineData("\"updatePeriodTicks\":10000", "\"updatePeriodTicks\":-1", "update period of trace:plain is -1")]
    [InlineData("\"name\":\"fake\"", "\"name\":null", "lacks something")]
    [InlineData("\"sources\":[", "\"sources\":[null,", "lacks something")]
    [InlineData("\"below\":0.1", "\"below\":-2", "describes no meter")]
    [InlineData("{\"library\"", "{{\"library\"", "cannot be read")]
    public void Header_WithAHostileValue_IsRefusedWithTheReason(string good, string bad, string reason)
    {
        byte[] other = SealedTrace.Replace(_trace, TraceFormat.HeaderBlock, json =>
        {
            int at = json.IndexOf(good, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{good} is not in {json}");
            return string.Concat(json.AsSpan(0, at), bad, json.AsSpan(at + good.Length));
        });
        Assert.Contains(reason, TraceAssert.Refused(other).Reason, StringComparison.Ordinal);
    }

    // Sound checksums around senseless events: either a replay, or a refusal.
    [Fact]
    public void Events_MadeUp_AreReplayedOrRefused() => Gen.Select(Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 10_000], Gen.Byte).Sample(
        (a, x, b, y) =>
        {
            byte[] other = SealedTrace.Change(_trace, TraceFormat.EventBlock, payload =>
            {
                payload[a % payload.Length] = x;
                payload[b % payload.Length] = y;
            });
            using var stream = new MemoryStream(other);
            try
            {
                TraceReplay.Run(stream);
            }
            catch (TraceFormatException)
            {
                // The one exception there may be.
            }
        },
        iter: 3000);

    private static byte[] Record()
    {
        using TraceRig rig = new();
        var running = rig.Meter.Begin("runs");
        for (int close = 0; close < 6; close++)
        {
            using InferenceScope scope = rig.Meter.Begin($"model-{close % 2}");
            rig.Run(50_000_017, 20);
            scope.Suspend();
            rig.Run(10_000_000, 20);
            if (close % 2 == 0) scope.Complete(close);
            rig.Meter.Engine.Tick();
        }

        running.Complete();
        rig.AssertReplayed();
        return rig.Trace.ToArray();
    }
}
