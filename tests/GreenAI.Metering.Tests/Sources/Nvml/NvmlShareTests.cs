using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class NvmlShareTests : NvmlTestBase
{
    private const uint Other = 7;

    [Fact]
    public void A8_TwoProcesses_ShareBySamplesSinceLastSeen()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Clients = [Me, Other];
        gpu.Samples = [FakeGpu.Sample(Other, 90, 100)];
        IPowerSource source = Open(gpu);
        Assert.Equal(float.NaN, Poll(source));

        gpu.Samples = [FakeGpu.Sample(Other, 90, 100), FakeGpu.Sample(Me, 60, 200), FakeGpu.Sample(Other, 20, 201)];
        Assert.Equal(0.75f, Poll(source));
    }

    [Fact]
    public void A8_NeighbourOnly_ShareIsZeroOnceBothAreKnown()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Clients = [Me, Other];
        IPowerSource source = Open(gpu);
        Poll(source);
        gpu.Samples = [FakeGpu.Sample(Other, 90, 300)];
        Assert.Equal(0f, Poll(source));
    }

    [Theory]
    [InlineData(new uint[] { Me }, 1f)]
    [InlineData(new uint[] { Me, Me }, 1f)]
    [InlineData(new uint[] { Other }, float.NaN)]
    [InlineData(new uint[0], float.NaN)]
    public void A8_OneClientOrNone_NeedsNoSamples(uint[] clients, float expected)
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Clients = clients;
        IPowerSource source = Open(gpu);
        Assert.Equal(expected, Poll(source));
        Assert.Equal(0, gpu.SamplesCalls);
    }

    [Fact]
    public void A8_NeighbourArrives_TimeAloneIsNotCountedAgainstIt()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Clients = [Me];
        IPowerSource source = Open(gpu);
        Assert.Equal(1f, Poll(source));

        gpu.Clients = [Me, Other];
        gpu.Samples = [FakeGpu.Sample(Me, 100, 50), FakeGpu.Sample(Me, 50, 60), FakeGpu.Sample(Other, 50, 60)];
        Assert.Equal(float.NaN, Poll(source));
        gpu.Samples = [FakeGpu.Sample(Me, 50, 70), FakeGpu.Sample(Other, 50, 70)];
        Assert.Equal(0.5f, Poll(source));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(21)]
    [InlineData(10)]
    public void A8_NoSamples_IsUnknown(int code)
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Clients = [Me, Other];
        gpu.Samples = [FakeGpu.Sample(Me, 60, 200)];
        IPowerSource source = Open(gpu);
        Poll(source);
        gpu.SamplesResult = (NvmlReturn)code;
        Assert.Equal(float.NaN, Poll(source));
    }

    [Fact]
    public void A8_ManyClientsAndSamples_BuffersGrow()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Clients = [Me, .. Enumerable.Range(10_000, 300).Select(i => (uint)i)];
        IPowerSource source = Open(gpu);
        Poll(source);
        gpu.Samples = [.. Enumerable.Range(0, 400).Select(i => FakeGpu.Sample(i % 4 == 0 ? Me : Other, 10, (ulong)(i + 1)))];
        Assert.Equal(0.25f, Poll(source));
    }

    [Fact]
    public void A8_BufferNeverLargeEnough_IsUnknown()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        (gpu.Clients, gpu.NeverEnough) = ([Me], true);
        IPowerSource source = Open(gpu);
        Assert.Equal(float.NaN, Poll(source));
        Assert.Equal(1_000_000, Read(source)[0].Microjoules);
    }

    [Fact]
    public void A8_UnfilledAndOldEntries_AreIgnored()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Clients = [Me, Other];
        gpu.Samples = [FakeGpu.Sample(Me, 1, 1_000)];
        IPowerSource source = Open(gpu);
        Poll(source);
        gpu.Samples =
        [
            FakeGpu.Sample(0, 50, ulong.MaxValue), FakeGpu.Sample(Me, 4_000_000_000, ulong.MaxValue),
            FakeGpu.Sample(Other, 99, 1_000), FakeGpu.Sample(Me, 30, 1_001), FakeGpu.Sample(Other, 10, 1_001),
        ];
        Assert.Equal(0.75f, Poll(source));
    }

    [Fact]
    public void A8_AnySamples_ShareIsUnknownOrBetweenZeroAndOne() =>
        Gen.Select(Gen.UInt[0, 9], Gen.UInt, Gen.ULong).Array[0, 50].Sample(
            rows =>
            {
                FakeGpu gpu = FakeGpu.Named(A);
                gpu.Clients = [Me, Other];
                using IPowerSource source = Open(gpu);
                Poll(source);
                gpu.Samples = [.. rows.Select(row => FakeGpu.Sample(row.Item1 == 7 ? Me : row.Item1, row.Item2 % 120, row.Item3))];
                float share = Poll(source);
                return float.IsNaN(share) || share is >= 0 and <= 1;
            },
            threads: 1);

    [Fact]
    public void Activity_PolledEveryTick_IsAskedOncePerSecondAndBoard()
    {
        FakeGpu[] gpus = [FakeGpu.Named(A), FakeGpu.Named(B)];
        IPowerSource source = Open(gpus);
        int[] before = [.. gpus.Select(gpu => gpu.EnergyCalls)];
        for (int i = 0; i < 400; i++) ReadAfter(source, 0.025);
        Assert.All(gpus, gpu => Assert.InRange(gpu.UtilizationCalls, 9, 10));
        Assert.Equal([400, 400], gpus.Select((gpu, i) => gpu.EnergyCalls - before[i]));
    }

    [Fact]
    public void Activity_SlowSampler_EveryBoardIsAskedEachTime()
    {
        FakeGpu[] gpus = [.. Enumerable.Range(0, 8).Select(i => FakeGpu.Named($"GPU-{i}"))];
        IPowerSource source = Open(gpus);
        Read(source);
        Assert.Equal(1, gpus.Sum(gpu => gpu.UtilizationCalls));
        for (int i = 0; i < 10; i++) ReadAfter(source, 10);
        Assert.All(gpus, gpu => Assert.InRange(gpu.UtilizationCalls, 10, 11));
    }

    [Fact]
    public void Activity_UtilizationAboveOneHundred_IsUnknown()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Utilization = 101;
        IPowerSource source = Open(gpu);
        Read(source);
        Assert.Equal(float.NaN, ReadAfter(source, 0.1)[0].Utilization);
    }

    // A poll shows in the reading after it.
    private float Poll(IPowerSource source)
    {
        ReadAfter(source, 1);
        return Read(source)[0].ProcessShare;
    }
}
