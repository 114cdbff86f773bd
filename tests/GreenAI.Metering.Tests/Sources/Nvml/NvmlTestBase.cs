using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

/// <summary>A clean <see cref="FakeNvml"/> and a clock that stands still.</summary>
[Collection("nvml")]
public abstract class NvmlTestBase
{
    private protected const string A = "GPU-aaaaaaaa-0000-0000-0000-000000000001";
    private protected const string B = "GPU-bbbbbbbb-0000-0000-0000-000000000002";
    private protected const uint Me = 4242;

    private protected NvmlTestBase(bool fieldValues = true)
    {
        FakeNvml.HasFieldValues = fieldValues;
        FakeNvml.Reset();
    }

    private protected FakeTimeProvider Clock { get; } = new();

    private protected SourceDetection Detect(NvmlOptions? options = null, NvmlFunctions? functions = null) => NvmlDetection.Detect(
        new SourceContext("/sys", "/proc", Clock),
        options ?? new NvmlOptions { ProcessId = Me },
        new NvmlLibrary(functions ?? FakeNvml.Functions));

    /// <summary>The source for boards that must be found.</summary>
    private protected IPowerSource Open(params FakeGpu[] gpus)
    {
        FakeNvml.Reset(gpus);
        return Assert.IsType<NvmlPowerSource>(Detect().Source);
    }

    private protected static PowerSample[] Read(IPowerSource source)
    {
        var samples = new PowerSample[source.Devices.Count];
        source.Read(samples);
        return samples;
    }

    /// <summary>Reads after a pause.</summary>
    private protected PowerSample[] ReadAfter(IPowerSource source, double seconds)
    {
        Clock.Advance(TimeSpan.FromSeconds(seconds));
        return Read(source);
    }
}
