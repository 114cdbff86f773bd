namespace GreenAI.Metering.Tests;

public sealed class NvmlDetectionTests : NvmlTestBase
{
    [Fact]
    public void Detect_BoardWithCounter_DescribesIt()
    {
        FakeNvml.Reset(FakeGpu.Named(A));
        SourceDetection detection = Detect();

        PowerDevice device = Assert.Single(detection.Source!.Devices);
        Assert.Equal("nvml", detection.Source.Name);
        Assert.Equal("nvml:" + A, device.Id);
        Assert.Equal("NVIDIA H200", device.Name);
        Assert.Equal(EnergyDomain.Gpu, device.Domain);
        Assert.Equal(MeasurementTier.Measured, device.Tier);
        Assert.Equal(DeviceReading.EnergyCounter, device.Reading);
        Assert.Equal(0, device.CounterRangeMicrojoules);
        Assert.Equal(TimeSpan.FromMilliseconds(100), device.UpdatePeriod);
        Assert.Equal(Power.FromWatts(1400), device.MaxPower);
        Assert.Equal(Power.FromWatts(500), device.PowerLimit);
        Assert.Equal(RelativeUncertainty.Symmetric(0.10), device.Uncertainty);
        Assert.False(device.SharedByCpuTime);
        Assert.Equal("nvml: Used. 1 GPU is metered.", Assert.Single(detection.Findings).ToString());
        Assert.Same(device, Assert.Single(detection.Findings[0].Devices));
    }

    [Theory]
    [InlineData(0, 700_000, 0, 500_000, 1400)]
    [InlineData(3, 700_000, 0, 500_000, 1000)]
    [InlineData(0, 0, 0, 500_000, 1000)]
    [InlineData(0, uint.MaxValue, 0, 500_000, 1000)]
    [InlineData(3, 0, 3, 0, 2000)]
    [InlineData(3, 0, 0, uint.MaxValue, 2000)]
    public void Detect_PowerLimits_BoundThePower(int answer, uint limit, int enforcedAnswer, uint enforced, double watts)
    {
        FakeGpu gpu = FakeGpu.Named(A);
        (gpu.LimitResult, gpu.DefaultLimit) = ((NvmlReturn)answer, limit);
        (gpu.EnforcedResult, gpu.EnforcedLimit) = ((NvmlReturn)enforcedAnswer, enforced);
        Assert.Equal(Power.FromWatts(watts), Open(gpu).Devices[0].MaxPower);
    }

    [Theory]
    [InlineData(0, 500_000, 500.0)]
    [InlineData(0, 0, null)]
    [InlineData(0, uint.MaxValue, null)]
    [InlineData(3, 500_000, null)]
    [InlineData(10, 500_000, null)]
    public void Detect_EnforcedLimit_IsThePowerLimitOrUnknown(int answer, uint enforced, double? watts)
    {
        FakeGpu gpu = FakeGpu.Named(A);
        (gpu.EnforcedResult, gpu.EnforcedLimit) = ((NvmlReturn)answer, enforced);
        Assert.Equal(watts is { } known ? Power.FromWatts(known) : null, Open(gpu).Devices[0].PowerLimit);
    }

    [Fact]
    public void G2_NoEnergyCounter_PowerIsPolledWithAWiderBand()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.EnergyResult = NvmlReturn.NotSupported;
        IPowerSource source = Open(gpu);

        Assert.Equal(DeviceReading.Power, source.Devices[0].Reading);
        Assert.Equal(RelativeUncertainty.Symmetric(0.25), source.Devices[0].Uncertainty);
        PowerSample sample = Read(source)[0];
        Assert.Equal(SampleFlags.Power, sample.Flags);
        Assert.Equal(70_000, sample.Milliwatts);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(ulong.MaxValue)]
    public void G2_CounterThatOnlySaysNonsense_PowerIsPolled(ulong millijoules)
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Millijoules = millijoules;
        Assert.Equal(DeviceReading.Power, Open(gpu).Devices[0].Reading);
    }

    [Fact]
    public void G2_NeitherCounterNorPower_IsAbsentNotZero()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        (gpu.EnergyResult, gpu.PowerResult) = (NvmlReturn.NotSupported, NvmlReturn.NotSupported);
        FakeNvml.Reset(gpu);
        SourceDetection detection = Detect();

        Assert.Null(detection.Source);
        SourceFinding finding = Assert.Single(detection.Findings);
        Assert.Equal(SourceStatus.NotFound, finding.Status);
        Assert.Contains("neither an energy counter nor a power reading", finding.Reason, StringComparison.Ordinal);
        Assert.Empty(finding.Devices);
        Assert.Equal(1, FakeNvml.ShutdownCalls);
    }

    [Fact]
    public void A8_SharesNotTold_TheRemarkSaysThatTheWholeBoardCounts()
    {
        IPowerSource source = Open(FakeGpu.Named(A));
        Assert.EndsWith(
            "the whole board counts as this process's where the driver tells no shares", source.Devices[0].Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void G8_CounterWorks_PowerIsNeverAskedAndTheRemarkSaysSo()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        IPowerSource source = Open(gpu);
        int detection = gpu.PowerCalls;
        PowerSample sample = Read(source)[0];
        gpu.EnergyResult = NvmlReturn.NotSupported;
        PowerSample failed = ReadAfter(source, 1)[0];

        Assert.StartsWith("energy counter of the board", source.Devices[0].Remark, StringComparison.Ordinal);
        Assert.Equal(SampleFlags.Energy, sample.Flags);
        Assert.Equal(SampleFault.NotSupported, failed.Fault);
        Assert.Equal(detection, gpu.PowerCalls);
    }

    [Fact]
    public void G6_MissingOptionalExports_LeaveTheCounter()
    {
        FakeNvml.Reset(FakeGpu.Named(A));
        IPowerSource source = Detect(functions: FakeNvml.CounterOnly).Source!;
        PowerSample sample = ReadAfter(source, 1)[0];

        Assert.Equal("NVIDIA GPU", source.Devices[0].Name);
        Assert.Equal(Power.FromWatts(2000), source.Devices[0].MaxPower);
        Assert.Equal(1_000_000, sample.Microjoules);
        Assert.Equal(float.NaN, sample.Utilization);
        Assert.Equal(float.NaN, ReadAfter(source, 1)[0].ProcessShare);
    }

    [Fact]
    public void G6_NoReadingExport_IsAbsentNotACrash()
    {
        FakeNvml.Reset(FakeGpu.Named(A));
        SourceDetection detection = Detect(functions: FakeNvml.Bare);
        Assert.Null(detection.Source);
        Assert.Equal(SourceStatus.NotFound, Assert.Single(detection.Findings).Status);
    }

    [Fact]
    public void G6_NoInitExport_IsUnusableWithAReason()
    {
        SourceDetection detection = Detect(functions: NvmlFunctions.None);
        Assert.Null(detection.Source);
        SourceFinding finding = Assert.Single(detection.Findings);
        Assert.Equal(SourceStatus.Failed, finding.Status);
        Assert.Contains("nvmlInit_v2", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TryLoad_NothingInstalled_SaysSoWithoutThrowing()
    {
        Assert.False(NvmlLoader.TryLoad(["libno-such-library-nvml.so.7"], out NvmlLibrary? library, out SourceFinding? refusal));
        Assert.Null(library);
        Assert.Equal("nvml: NotFound. The NVIDIA management library (NVML) is not installed.", refusal.ToString());
    }

    [Fact]
    public void Detect_ThisMachine_GivesAFindingWhateverIsInstalled()
    {
        SourceDetection detection = NvmlDetection.Detect(new SourceContext("/sys", "/proc", Clock), NvmlLoader.Candidates, new NvmlOptions());
        Assert.NotEmpty(detection.Findings);
        detection.Source?.Dispose();
    }

    [Fact]
    public void Detect_MismatchAfterDriverUpdate_SaysWhatToDo()
    {
        FakeNvml.InitResult = NvmlReturn.LibRmVersionMismatch;
        SourceFinding finding = Assert.Single(Detect().Findings);
        Assert.Equal(SourceStatus.Failed, finding.Status);
        Assert.StartsWith("Reboot, or reload", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_BoardWithoutPermission_IsUnreadableAndTheOtherIsMetered()
    {
        FakeGpu closed = FakeGpu.Named(B);
        closed.Every = NvmlReturn.NoPermission;
        FakeNvml.Reset(closed, FakeGpu.Named(A));
        SourceDetection detection = Detect();

        Assert.Equal("nvml:" + A, Assert.Single(detection.Source!.Devices).Id);
        Assert.Equal([SourceStatus.Used, SourceStatus.Unreadable], detection.Findings.Select(finding => finding.Status));
        Assert.Contains("group", detection.Findings[1].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_CountWithoutEnd_IsBounded()
    {
        FakeNvml.Reset(FakeGpu.Named(A));
        FakeNvml.Count = uint.MaxValue;
        Assert.Single(Detect().Source!.Devices);
    }

    [Fact]
    public void Detect_NoBoard_IsNotFound()
    {
        SourceFinding finding = Assert.Single(Detect().Findings);
        Assert.Equal(SourceStatus.NotFound, finding.Status);
        Assert.Equal((1, 1), (FakeNvml.InitCalls, FakeNvml.ShutdownCalls));
    }

    [Fact]
    public void Detect_PassingTroubleWithTheCounter_StillChoosesTheCounter()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.EnergyTroubles = 2;
        Assert.Equal(DeviceReading.EnergyCounter, Open(gpu).Devices[0].Reading);
    }

    [Fact]
    public void Dispose_Twice_ShutsDownOnceAndReadingGoesOnHarmlessly()
    {
        IPowerSource source = Open(FakeGpu.Named(A));
        source.Dispose();
        source.Dispose();
        Assert.Equal((1, 1), (FakeNvml.InitCalls, FakeNvml.ShutdownCalls));
        Assert.Equal(SampleFault.NotSupported, Read(source)[0].Fault);
        Assert.Equal(1, FakeNvml.InitCalls);
    }
}
