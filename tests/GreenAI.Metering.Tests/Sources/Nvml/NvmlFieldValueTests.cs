using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class NvmlFieldValueTests : NvmlTestBase
{
    private static readonly (uint, uint) _counter = (83, 0);
    private static readonly (uint, uint) _scopedCounter = (191, 0);
    private static readonly (uint, uint) _average = (185, 0);

    [Theory]
    [InlineData(0, 0x40_8F_40_00_00_00_00_00UL, false, 1000UL)]
    [InlineData(0, 0x40_8F_44_00_00_00_00_00UL, false, 1000UL)]
    [InlineData(0, 0xC0_8F_40_00_00_00_00_00UL, false, null)]
    [InlineData(0, 0x7F_F8_00_00_00_00_00_00UL, false, null)]
    [InlineData(0, 0x7F_F0_00_00_00_00_00_00UL, false, null)]
    [InlineData(0, 0x43_F0_00_00_00_00_00_00UL, false, null)]
    [InlineData(1, 0xDEADBEEF_000003E8UL, false, 1000UL)]
    [InlineData(2, 0xDEADBEEF_000003E8UL, true, 1000UL)]
    [InlineData(2, 0x00000001_000003E8UL, false, 4_294_968_296UL)]
    [InlineData(3, ulong.MaxValue, false, ulong.MaxValue)]
    [InlineData(4, 1000UL, false, 1000UL)]
    [InlineData(4, ulong.MaxValue, false, null)]
    [InlineData(5, 0xDEADBEEF_000003E8UL, false, 1000UL)]
    [InlineData(5, 0x00000000_FFFFFFFFUL, false, null)]
    [InlineData(6, 0xDEADBEEF_DEAD03E8UL, false, 1000UL)]
    [InlineData(7, 1000UL, false, null)]
    [InlineData(-1, 1000UL, false, null)]
    public void TryGetNumber_EachType_TakesItsOwnBytes(int type, ulong bits, bool windows, ulong? expected)
    {
        var item = new NvmlFieldValue(NvmlField.Energy, NvmlScope.Gpu) { ValueType = (NvmlValueType)type, Bits = bits };
        Assert.Equal(expected is not null, item.TryGetNumber(out ulong number, windows));
        Assert.Equal(expected ?? 0, number);
    }

    [Fact]
    public void TryGetNumber_AnyBytes_NeverThrowsAndRefusalsAreZero() =>
        Gen.Select(Gen.Int[-2, 9], Gen.ULong, Gen.Bool).Sample((type, bits, windows) =>
        {
            var item = new NvmlFieldValue(NvmlField.Energy, NvmlScope.Gpu) { ValueType = (NvmlValueType)type, Bits = bits };
            return item.TryGetNumber(out ulong number, windows) || number == 0;
        });

    [Fact]
    public void Detect_AllFieldsWork_OneBatchAsksForAllAndTheCounterIsChosen()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        IPowerSource source = Open(gpu);
        Assert.Equal([7], gpu.Batches);
        Assert.StartsWith("energy counter of the board (NVML field 83)", source.Devices[0].Remark, StringComparison.Ordinal);
        Assert.Equal(1_000_000, Read(source)[0].Microjoules);
        Assert.Equal([7, 1], gpu.Batches);
        Assert.Equal(2, gpu.Asked[_counter]);
        Assert.Equal(1, gpu.Asked[_average]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(13)]
    [InlineData(21)]
    [InlineData(999)]
    public void Detect_OneItemFails_TheNextOfTheSameBatchIsChosen(int code)
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Items[_counter] = ((NvmlReturn)code, 3, 1_000);
        IPowerSource source = Open(gpu);
        Assert.StartsWith("energy counter of the GPU (NVML field 191)", source.Devices[0].Remark, StringComparison.Ordinal);
        Assert.Equal(1_000_000, Read(source)[0].Microjoules);
        Assert.Equal(1, gpu.Batches[^1]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(13)]
    [InlineData(26)]
    public void Detect_WholeBatchUnsupported_CallsOfTheirOwnAreUsed(int code)
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.BatchResult = (NvmlReturn)code;
        IPowerSource source = Open(gpu);
        Assert.Contains("nvmlDeviceGetTotalEnergyConsumption", source.Devices[0].Remark, StringComparison.Ordinal);
        Assert.Equal(1_000_000, Read(source)[0].Microjoules);
        Assert.Single(gpu.Batches);
    }

    [Fact]
    public void Detect_NoExport_CallsOfTheirOwnAreUsed()
    {
        FakeNvml.HasFieldValues = false;
        FakeGpu gpu = FakeGpu.Named(A);
        IPowerSource source = Open(gpu);
        Assert.Contains("nvmlDeviceGetTotalEnergyConsumption", source.Devices[0].Remark, StringComparison.Ordinal);
        Assert.Empty(gpu.Batches);
    }

    [Theory]
    [InlineData(0, 0, 0, "averaged over 1 s (NVML field 185)", 70_000)]
    [InlineData(3, 0, 0, "of the moment (NVML field 186)", 70_000)]
    [InlineData(3, 3, 0, "nvmlDeviceGetPowerUsage", 70_000)]
    public void G2_NoCounter_PowerIsTakenInThisOrder(int average, int instant, int call, string remark, int milliwatts)
    {
        FakeGpu gpu = FakeGpu.Named(A);
        (gpu.EnergyResult, gpu.PowerResult) = (NvmlReturn.NotSupported, (NvmlReturn)call);
        gpu.Items[_average] = ((NvmlReturn)average, 1, 70_000);
        gpu.Items[(186, 0)] = ((NvmlReturn)instant, 1, 70_000);
        IPowerSource source = Open(gpu);
        Assert.Equal(DeviceReading.Power, source.Devices[0].Reading);
        Assert.Contains(remark, source.Devices[0].Remark, StringComparison.Ordinal);
        Assert.Equal(milliwatts, Read(source)[0].Milliwatts);
    }

    [Fact]
    public void Detect_CounterOfAnUnknownType_IsNoReading()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Items[_counter] = (NvmlReturn.Success, 42, 1_000);
        Assert.Contains("field 191", Open(gpu).Devices[0].Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DriverLeavesTheItemAsItWas_IsNoReading()
    {
        var item = new NvmlFieldValue(NvmlField.Energy, NvmlScope.Gpu);
        Assert.Equal(NvmlReturn.NoData, NvmlReading.Take(in item, out _));
    }

    [Theory]
    [InlineData(3, SampleFault.NotSupported)]
    [InlineData(15, SampleFault.Lost)]
    [InlineData(21, SampleFault.NoData)]
    [InlineData(10, SampleFault.InputOutput)]
    public void Read_ItemFailsLater_IsAHoleAndTheOtherCounterIsNotMixedIn(int code, SampleFault fault)
    {
        FakeGpu gpu = FakeGpu.Named(A);
        IPowerSource source = Open(gpu);
        gpu.Items[_counter] = ((NvmlReturn)code, 3, 5_000);
        Assert.Equal(fault, ReadAfter(source, 0.1)[0].Fault);
        Assert.Equal(1, gpu.Asked[_scopedCounter]);
        Assert.Equal(1, gpu.Asked[_average]);
    }

    [Fact]
    public void Read_TimestampOfTheDriver_IsNotOurs()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        IPowerSource source = Open(gpu);
        Assert.Equal(Clock.GetTimestamp(), Read(source)[0].Timestamp);
    }

    [Fact]
    public void Module_NoReadingOfTheGpu_IsThePlatformWithGraceInside()
    {
        IPowerSource source = Open(FakeGpu.Module(A));
        PowerDevice device = source.Devices[0];
        Assert.Equal((EnergyDomain.Platform, DeviceReading.EnergyCounter), (device.Domain, device.Reading));
        Assert.Contains("includes the Grace processor", device.Remark, StringComparison.Ordinal);
        Assert.Equal(Power.FromWatts(2000), device.MaxPower);
        Assert.Null(device.PowerLimit);
        Assert.Equal(77_000_000, Read(source)[0].Microjoules);
    }

    [Fact]
    public void Module_GpuTellsItsOwn_IsNeverRead()
    {
        FakeGpu gpu = FakeGpu.Module(A);
        gpu.EnergyResult = NvmlReturn.Success;
        IPowerSource source = Open(gpu);
        Read(source);
        Assert.Equal(EnergyDomain.Gpu, source.Devices[0].Domain);
        Assert.Equal(1, gpu.Asked[(191, 1)]);
    }

    [Fact]
    public void Module_ProcessorIsMetered_IsNotAddedAndSaysWhy()
    {
        FakeNvml.Reset(FakeGpu.Module(A));
        SourceDetection detection = Detect(new NvmlOptions { ProcessorMetered = true });
        Assert.Null(detection.Source);
        SourceFinding finding = Assert.Single(detection.Findings);
        Assert.Equal(SourceStatus.NotNeeded, finding.Status);
        Assert.Contains("processor in it is metered already", finding.Reason, StringComparison.Ordinal);
        Assert.Equal(1, FakeNvml.ShutdownCalls);
    }

    [Fact]
    public void Module_BesideABoardThatMayBeInIt_IsNotAdded()
    {
        FakeNvml.Reset(FakeGpu.Module(A), FakeGpu.Named(B), FakeGpu.Module("GPU-c"));
        SourceDetection detection = Detect();
        Assert.Equal("nvml:" + B, Assert.Single(detection.Source!.Devices).Id);
        Assert.Equal([SourceStatus.Used, SourceStatus.NotNeeded, SourceStatus.NotNeeded], detection.Findings.Select(finding => finding.Status));
    }

    [Fact]
    public void Module_TwoOfThem_AreNotSummed()
    {
        FakeNvml.Reset(FakeGpu.Module(A), FakeGpu.Module(B));
        SourceDetection detection = Detect();
        Assert.Equal("nvml:" + A, Assert.Single(detection.Source!.Devices).Id);
        Assert.Contains("may contain nvml:" + A, detection.Findings[1].Reason, StringComparison.Ordinal);
    }
}
