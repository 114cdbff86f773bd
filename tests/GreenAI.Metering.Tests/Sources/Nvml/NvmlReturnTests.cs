namespace GreenAI.Metering.Tests;

public sealed class NvmlReturnTestsOfFieldValues() : NvmlReturnTests(fieldValues: true);

public sealed class NvmlReturnTestsOfCalls() : NvmlReturnTests(fieldValues: false);

/// <summary>Each test runs against a library with field values and one of before them.</summary>
public abstract class NvmlReturnTests(bool fieldValues) : NvmlTestBase(fieldValues)
{
    public static TheoryData<int, string, SampleFault> Codes => new()
    {
        { 0, "Ok", SampleFault.None },
        { 1, "StaleHandle", SampleFault.InputOutput },
        { 2, "StaleHandle", SampleFault.InputOutput },
        { 3, "Unsupported", SampleFault.NotSupported },
        { 4, "NoPermission", SampleFault.NoPermission },
        { 5, "Retry", SampleFault.InputOutput },
        { 6, "NoData", SampleFault.NoData },
        { 7, "BufferTooSmall", SampleFault.InputOutput },
        { 8, "Retry", SampleFault.InputOutput },
        { 9, "DriverFault", SampleFault.InputOutput },
        { 10, "Retry", SampleFault.InputOutput },
        { 11, "Retry", SampleFault.InputOutput },
        { 12, "Unsupported", SampleFault.NotSupported },
        { 13, "Unsupported", SampleFault.NotSupported },
        { 14, "Retry", SampleFault.InputOutput },
        { 15, "Lost", SampleFault.Lost },
        { 16, "Lost", SampleFault.Lost },
        { 17, "NoPermission", SampleFault.NoPermission },
        { 18, "DriverFault", SampleFault.InputOutput },
        { 19, "Retry", SampleFault.InputOutput },
        { 20, "Retry", SampleFault.InputOutput },
        { 21, "NoData", SampleFault.NoData },
        { 22, "Unsupported", SampleFault.NotSupported },
        { 23, "Retry", SampleFault.InputOutput },
        { 24, "Unsupported", SampleFault.NotSupported },
        { 25, "Unsupported", SampleFault.NotSupported },
        { 26, "Unsupported", SampleFault.NotSupported },
        { 27, "Retry", SampleFault.InputOutput },
        { 28, "Lost", SampleFault.Lost },
        { 29, "Retry", SampleFault.InputOutput },
        { 30, "Unsupported", SampleFault.NotSupported },
        { 999, "Retry", SampleFault.InputOutput },
        { 31, "Retry", SampleFault.InputOutput },
        { -1, "Retry", SampleFault.InputOutput },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void Classify_AnyCode_HasOneMeaning(int code, string expected, SampleFault fault)
    {
        NvmlReturnClass outcome = ((NvmlReturn)code).Classify();
        Assert.Equal(expected, outcome.ToString());
        Assert.Equal(fault, outcome.ToFault());
    }

    [Fact]
    public void Codes_CoverTheWholeEnum() =>
        Assert.Empty(Enum.GetValues<NvmlReturn>().Select(code => (int)code).Except(Codes.Select(row => row.Data.Item1)));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Read_AnyCode_FailsTheSampleAndAsksAsOftenAsItShould(int code, string outcome, SampleFault fault)
    {
        // Of one item of a batch, "invalid argument" means that the driver does not know the field.
        if (FakeNvml.HasFieldValues && code == (int)NvmlReturn.InvalidArgument) (outcome, fault) = ("Unsupported", SampleFault.NotSupported);
        FakeGpu gpu = FakeGpu.Named(A);
        IPowerSource source = Open(gpu);
        gpu.EnergyResult = (NvmlReturn)code;
        int calls = gpu.EnergyCalls;

        PowerSample first = Read(source)[0];
        PowerSample second = ReadAfter(source, 0.1)[0];
        PowerSample later = ReadAfter(source, 1.0)[0];

        Assert.All([first, second, later], sample => Assert.Equal(fault, sample.Fault));
        Assert.Equal(fault == SampleFault.None ? SampleFlags.Energy : SampleFlags.None, first.Flags);
        int expected = outcome switch
        {
            "Ok" or "NoData" => 3,
            "Unsupported" => 1,
            _ => 2,
        };
        Assert.Equal(expected, gpu.EnergyCalls - calls);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Detect_InitAnswersAnyCode_ReportsOnceAndClosesOnlyWhatWasOpened(int code, string outcome, SampleFault fault)
    {
        FakeNvml.Reset(FakeGpu.Named(A));
        FakeNvml.InitResult = (NvmlReturn)code;

        SourceDetection detection = Detect();

        bool ok = fault == SampleFault.None;
        Assert.Equal(ok, detection.Source is not null);
        SourceFinding finding = Assert.Single(detection.Findings);
        Assert.Equal(ok, finding.Status == SourceStatus.Used);
        if (outcome == "DriverFault")
        {
            Assert.Equal(SourceStatus.Failed, finding.Status);
            Assert.NotNull(finding.Remedy);
        }

        detection.Source?.Dispose();
        Assert.Equal(ok ? 1 : 0, FakeNvml.ShutdownCalls);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Poll_ActivityAnswersAnyCode_NeverHurtsTheCounter(int code, string outcome, SampleFault fault)
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Clients = [Me, 7];
        gpu.UtilizationResult = gpu.SamplesResult = (NvmlReturn)code;
        IPowerSource source = Open(gpu);

        for (int i = 0; i < 5; i++)
        {
            gpu.Millijoules += 500;
            Assert.Equal((long)gpu.Millijoules * 1000, ReadAfter(source, 1)[0].Microjoules);
        }

        // With a growing pause: at 1, 2 and 4 s.
        Assert.Equal(outcome switch { "Unsupported" => 1, "Ok" or "NoData" => 5, _ => 3 }, gpu.UtilizationCalls);
        Assert.Equal(fault == SampleFault.None ? 0.5f : float.NaN, Read(source)[0].Utilization);
    }
}
