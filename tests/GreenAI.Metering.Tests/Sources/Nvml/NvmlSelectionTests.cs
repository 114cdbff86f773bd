namespace GreenAI.Metering.Tests;

public sealed class NvmlSelectionTests : NvmlTestBase
{
    private const string Instance = "MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f";

    [Theory]
    [InlineData(null, "AB")]
    [InlineData(A, "A")]
    [InlineData("GPU-bbbb", "B")]
    [InlineData("gpu-BBBB", "B")]
    [InlineData(" GPU-bbbb , GPU-aaaa ", "AB")]
    [InlineData("GPU-aaaa,-1,GPU-bbbb", "A")]
    [InlineData("0", "AB")]
    [InlineData("GPU-aaaa,1", "AB")]
    [InlineData("", "")]
    [InlineData("-1", "")]
    [InlineData("NoDevFiles", "")]
    [InlineData("GPU-cccc", "")]
    [InlineData("GPU-", "")]
    [InlineData("MIG-GPU-bbbbbbbb-0000-0000-0000-000000000002/1/0", "B")]
    [InlineData("MIG-GPU-bbbbbbbb-0000-0000-0000-000000000002", "B")]
    [InlineData("MIG-", "")]
    [InlineData("MIG-GPU-/", "")]
    [InlineData(Instance, "B")]
    [InlineData("MIG-00000000-0000-0000-0000-000000000000", "")]
    public void G3_CudaVisibleDevices_SelectsByUuid(string? variable, string expected)
    {
        FakeNvml.Reset(FakeGpu.Named(A), FakeGpu.Named(B));
        FakeNvml.MigInstance = (Instance, 1);
        SourceDetection detection = Detect(new NvmlOptions { CudaVisibleDevices = variable });

        Assert.Equal(expected, Letters(detection));
        Assert.Equal(expected.Length == 0, detection.Source is null);
        Assert.Equal(expected.Length < 2, detection.Findings.Any(finding => finding.Status == SourceStatus.Disabled));
    }

    [Fact]
    public void G3_Indices_AreNotUsedAndTheFindingSaysWhy()
    {
        FakeNvml.Reset(FakeGpu.Named(A), FakeGpu.Named(B));
        SourceFinding finding = Assert.Single(Detect(new NvmlOptions { CudaVisibleDevices = "1" }).Findings);
        Assert.Contains("CUDA's order, which is not NVML's", finding.Reason, StringComparison.Ordinal);
        Assert.Contains("nvidia-smi -L", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void G3_InstanceWhoseBoardCannotBeTold_IsNamedInTheFinding()
    {
        FakeNvml.Reset(FakeGpu.Named(A));
        SourceDetection detection = Detect(new NvmlOptions { CudaVisibleDevices = Instance }, FakeNvml.CounterOnly);
        SourceFinding finding = Assert.Single(detection.Findings);
        Assert.Equal(SourceStatus.Disabled, finding.Status);
        Assert.Contains(Instance, finding.Reason, StringComparison.Ordinal);
        Assert.NotNull(finding.Remedy);
    }

    [Fact]
    public void G3_AllowList_GoesBeforeTheVariable()
    {
        FakeNvml.Reset(FakeGpu.Named(A), FakeGpu.Named(B));
        SourceDetection detection = Detect(new NvmlOptions { Uuids = [B], CudaVisibleDevices = A });
        Assert.Equal("B", Letters(detection));
    }

    [Fact]
    public void G3_OneOfEightAllocated_OneIsMetered()
    {
        FakeNvml.Reset([.. Enumerable.Range(0, 8).Select(i => FakeGpu.Named($"GPU-0000000{i}-0000"))]);
        SourceDetection detection = Detect(new NvmlOptions { Uuids = ["GPU-00000005"] });
        Assert.Equal("nvml:GPU-00000005-0000", Assert.Single(detection.Source!.Devices).Id);
        Assert.Equal("nvml: Disabled. 7 GPUs are not selected.", detection.Findings[1].ToString());
    }

    [Fact]
    public void G3_MigEnabled_IsLabelledBoardLevelAndActivityIsNotAsked()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        (gpu.MigResult, gpu.Mig) = (NvmlReturn.Success, true);
        IPowerSource source = Open(gpu);
        for (int i = 0; i < 5; i++) ReadAfter(source, 1);

        Assert.StartsWith("MIG: board level, not this instance", source.Devices[0].Remark, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (gpu.UtilizationCalls, gpu.ClientsCalls, gpu.SamplesCalls));
        PowerSample sample = Read(source)[0];
        Assert.Equal(1_000_000, sample.Microjoules);
        Assert.Equal((float.NaN, float.NaN), (sample.Utilization, sample.ProcessShare));
    }

    [Fact]
    public void G3_SeveralInstancesOfOneBoard_AreOneDevice()
    {
        FakeNvml.Reset(FakeGpu.Named(A), FakeGpu.Named(B));
        FakeNvml.MigInstance = (Instance, 1);
        string both = $"{Instance},MIG-{B}/1/0,MIG-{B}/2/0";
        Assert.Equal("B", Letters(Detect(new NvmlOptions { CudaVisibleDevices = both })));
    }

    [Fact]
    public void G3_MigEnabled_IsAskedTwiceASecondAndKeepsItsReadingInBetween()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        (gpu.MigResult, gpu.Mig) = (NvmlReturn.Success, true);
        IPowerSource source = Open(gpu);
        PowerSample first = Read(source)[0];
        int calls = gpu.EnergyCalls;
        gpu.Millijoules = 9_000;
        for (int i = 0; i < 4; i++) Assert.Equal(first, ReadAfter(source, 0.1)[0]);
        Assert.Equal(calls, gpu.EnergyCalls);

        PowerSample next = ReadAfter(source, 0.1)[0];
        Assert.Equal(9_000_000, next.Microjoules);
        Assert.Equal(TimeSpan.FromSeconds(0.5), Clock.GetElapsedTime(first.Timestamp, next.Timestamp));
        for (int i = 0; i < 100; i++) ReadAfter(source, 0.1);
        Assert.Equal(21, gpu.EnergyCalls - calls);
    }

    [Theory]
    [InlineData("\n\u001b[2J")]
    [InlineData("GPU-\n\u001b[2J")]
    public void Detect_HostileVariable_DoesNotReachTheLog(string variable)
    {
        FakeNvml.Reset(FakeGpu.Named(A));
        SourceDetection detection = Detect(new NvmlOptions { CudaVisibleDevices = variable });
        Assert.All(detection.Findings, finding => Assert.DoesNotContain(finding.ToString(), c => char.IsControl(c)));
    }

    private static string Letters(SourceDetection detection) => string.Concat(
        (detection.Source?.Devices ?? []).Select(device => device.Id == "nvml:" + A ? 'A' : 'B'));
}
