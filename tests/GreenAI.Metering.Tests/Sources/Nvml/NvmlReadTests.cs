using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class NvmlReadTestsOfFieldValues() : NvmlReadTests(fieldValues: true);

public sealed class NvmlReadTestsOfCalls() : NvmlReadTests(fieldValues: false);

/// <summary>Each test runs against a library with field values and one of before them.</summary>
public abstract class NvmlReadTests(bool fieldValues) : NvmlTestBase(fieldValues)
{
    [Fact]
    public void Read_Counter_IsInMicrojoulesAtTheTimeOfReading()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        IPowerSource source = Open(gpu);
        gpu.Millijoules = 1_000;
        PowerSample before = Read(source)[0];
        gpu.Millijoules = 1_500;
        PowerSample after = ReadAfter(source, 1)[0];

        Assert.Equal(500_000, after.Microjoules - before.Microjoules);
        Assert.Equal(TimeSpan.FromSeconds(1), Clock.GetElapsedTime(before.Timestamp, after.Timestamp));
        Assert.Equal(MeasurementTier.Measured, after.Tier);
    }

    [Fact]
    public void G1_WindowBelowTheCounterPeriod_IsTheSameCounterValueAndNoInventedNumber()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Millijoules = 123_456;
        IPowerSource source = Open(gpu);
        PowerSample before = Read(source)[0];
        PowerSample after = ReadAfter(source, 0.030)[0];

        Assert.Equal(123_456_000, before.Microjoules);
        Assert.Equal(before.Microjoules, after.Microjoules);
        Assert.Equal(SampleFlags.Energy, after.Flags);
        Assert.Equal(PowerCallsOfDetection, gpu.PowerCalls);
    }

    [Fact]
    public void G4_EightBoards_EachHasItsOwnCounter()
    {
        FakeGpu[] gpus = [.. Enumerable.Range(0, 8).Select(i => FakeGpu.Named($"GPU-{i}"))];
        IPowerSource source = Open(gpus);
        PowerSample[] before = Read(source);
        for (int i = 0; i < 8; i++) gpus[i].Millijoules += (ulong)(100 * (i + 1));
        PowerSample[] after = ReadAfter(source, 1);

        for (int i = 0; i < 8; i++)
        {
            Assert.Equal($"nvml:GPU-{i}", source.Devices[i].Id);
            Assert.Equal(100_000L * (i + 1), after[i].Microjoules - before[i].Microjoules);
        }
    }

    [Theory]
    [InlineData(21, 5_000UL)]
    [InlineData(6, 5_000UL)]
    [InlineData(0, 0UL)]
    public void G5_PolledTooFast_IsAFailedSampleAndTheNextGoodOneCounts(int code, ulong millijoules)
    {
        FakeGpu gpu = FakeGpu.Named(A);
        IPowerSource source = Open(gpu);
        (gpu.EnergyResult, gpu.Millijoules) = ((NvmlReturn)code, millijoules);
        PowerSample hole = ReadAfter(source, 0.001)[0];
        (gpu.EnergyResult, gpu.Millijoules) = (NvmlReturn.Success, 6_000);
        PowerSample good = ReadAfter(source, 0.001)[0];

        Assert.Equal((SampleFault.NoData, SampleFlags.None), (hole.Fault, hole.Flags));
        Assert.Equal(MeasurementTier.Unavailable, hole.Tier);
        Assert.Equal((SampleFault.None, 6_000_000L), (good.Fault, good.Microjoules));
    }

    [Fact]
    public void G6_LostBoard_IsLeftAloneForALongerAndLongerTime()
    {
        (FakeGpu lost, FakeGpu well) = (FakeGpu.Named(A), FakeGpu.Named(B));
        IPowerSource source = Open(lost, well);
        lost.Every = NvmlReturn.GpuIsLost;
        int calls = lost.EnergyCalls;

        int looked = FakeNvml.CountCalls;
        for (int seconds = 1; seconds <= 300; seconds++)
        {
            well.Millijoules += 10;
            PowerSample[] samples = ReadAfter(source, 1);
            Assert.Equal((SampleFault.Lost, MeasurementTier.Unavailable), (samples[0].Fault, samples[0].Tier));
            Assert.Equal((long)well.Millijoules * 1000, samples[1].Microjoules);
        }

        // After the failure at 1 s the board is only looked for in the list: at 2, 4, 8, 16, 32, 64, 124, 184 and 244 s.
        Assert.Equal(1, lost.EnergyCalls - calls);
        Assert.Equal(9, FakeNvml.CountCalls - looked);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(28)]
    public void G6_LostBoardComesBack_IsMeteredAgain(int code)
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Clients = [Me];
        IPowerSource source = Open(gpu);
        Read(source);
        Assert.Equal((0.5f, 1f), Activity(ReadAfter(source, 0.1)[0]));

        gpu.Every = (NvmlReturn)code;
        Assert.Equal(SampleFault.Lost, Read(source)[0].Fault);
        (gpu.Every, gpu.Millijoules) = (NvmlReturn.Success, 2_500);
        Assert.Equal(SampleFault.Lost, ReadAfter(source, 0.5)[0].Fault);
        PowerSample back = ReadAfter(source, 0.5)[0];

        Assert.Equal((SampleFault.None, 2_500_000L), (back.Fault, back.Microjoules));
        Assert.Equal((float.NaN, float.NaN), Activity(back));
        Assert.Equal((0.5f, 1f), Activity(ReadAfter(source, 0.1)[0]));
    }

    [Fact]
    public void G6_DriverReloaded_BoardsAreFoundAgainByUuid()
    {
        (FakeGpu a, FakeGpu b) = (FakeGpu.Named(A), FakeGpu.Named(B));
        (a.Millijoules, b.Millijoules) = (5_000_000, 7_000_000);
        IPowerSource source = Open(a, b);
        Read(source);
        FakeNvml.ReloadDriver();
        (a.Millijoules, b.Millijoules) = (100, 200);

        Assert.All(Read(source), sample => Assert.Equal(SampleFault.InputOutput, sample.Fault));
        PowerSample[] back = ReadAfter(source, 1);

        // C8: the fallen counter goes through as it is; counter hygiene tells the reset.
        Assert.Equal([100_000L, 200_000L], back.Select(sample => sample.Microjoules));
        Assert.Equal(2, FakeNvml.InitCalls);
        source.Dispose();
        Assert.Equal(1, FakeNvml.ShutdownCalls);
    }

    [Fact]
    public void G6_DriverUnloaded_IsTriedAgainAndReported()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        IPowerSource source = Open(gpu);
        FakeNvml.ReloadDriver();
        FakeNvml.InitResult = NvmlReturn.DriverNotLoaded;
        for (int i = 0; i < 200; i++) Assert.Equal(SampleFault.InputOutput, ReadAfter(source, 1)[0].Fault);
        Assert.InRange(FakeNvml.InitCalls, 6, 10);

        FakeNvml.InitResult = NvmlReturn.Success;
        Assert.Equal(1_000_000, ReadAfter(source, 60)[0].Microjoules);
    }

    [Fact]
    public void C8_FallenCounter_IsPassedThrough()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Millijoules = 5_000_000;
        IPowerSource source = Open(gpu);
        Assert.Equal(5_000_000_000, Read(source)[0].Microjoules);
        gpu.Millijoules = 100;
        Assert.Equal(100_000, ReadAfter(source, 1)[0].Microjoules);
        Assert.Equal(0, source.Devices[0].CounterRangeMicrojoules);
    }

    [Fact]
    public void Read_AnyCounter_IsExactOrRefused() => Gen.ULong.Sample(
        millijoules =>
        {
            FakeGpu gpu = FakeGpu.Named(A);
            using IPowerSource source = Open(gpu);
            gpu.Millijoules = millijoules;
            PowerSample sample = Read(source)[0];
            return millijoules == 0 ? sample.Fault == SampleFault.NoData
                : millijoules > long.MaxValue / 1000 ? sample.Fault == SampleFault.Malformed
                : (UInt128)sample.Microjoules == (UInt128)millijoules * 1000;
        },
        threads: 1);

    [Theory]
    [InlineData(9_223_372_036_854_775UL, SampleFault.None)]
    [InlineData(9_223_372_036_854_776UL, SampleFault.Malformed)]
    [InlineData(ulong.MaxValue, SampleFault.Malformed)]
    public void Read_AbsurdCounter_IsMalformed(ulong millijoules, SampleFault fault)
    {
        FakeGpu gpu = FakeGpu.Named(A);
        IPowerSource source = Open(gpu);
        gpu.Millijoules = millijoules;
        Assert.Equal(fault, Read(source)[0].Fault);
    }

    [Theory]
    [InlineData(0u, SampleFault.NoData)]
    [InlineData(1_400_000u, SampleFault.None)]
    [InlineData(1_400_001u, SampleFault.Malformed)]
    [InlineData(uint.MaxValue, SampleFault.Malformed)]
    public void Read_Power_IsRefusedWhenTheBoardCannotDrawIt(uint milliwatts, SampleFault fault)
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.EnergyResult = NvmlReturn.FunctionNotFound;
        IPowerSource source = Open(gpu);
        gpu.Milliwatts = milliwatts;
        Assert.Equal(fault, Read(source)[0].Fault);
    }

    [Fact]
    public void Read_ShortSpan_FillsWhatThereIs()
    {
        IPowerSource source = Open(FakeGpu.Named(A), FakeGpu.Named(B));
        source.Read([]);
        var one = new PowerSample[1];
        source.Read(one);
        Assert.Equal(1_000_000, one[0].Microjoules);
    }

    // The batch of detection asks for all; what is read afterwards is the counter alone.
    private static int PowerCallsOfDetection => FakeNvml.HasFieldValues ? 2 : 0;

    private static (float Utilization, float Share) Activity(PowerSample sample) => (sample.Utilization, sample.ProcessShare);
}
