namespace GreenAI.Metering.GpuAcceptance;

/// <summary>Makes the meter that is judged: the ordinary one, of NVML alone.</summary>
internal static class AcceptanceMeter
{
    /// <summary>Detects as any host does; a library that is named goes through the same detection.</summary>
    public static (EnergyMeter Meter, DetectionReport Report) Create(AcceptanceOptions options)
    {
        GreenAIMeteringOptions metering = new() { Sources = [SourceDetector.Nvml] };
        if (options.Library is null)
        {
            var found = new EnergyMeter(metering);
            return (found, found.Detection);
        }

        SourceDetection detection = NvmlDetection.Detect(
            new SourceContext(metering.SysfsRoot, metering.ProcRoot, TimeProvider.System),
            [options.Library],
            new NvmlOptions { CudaVisibleDevices = Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES") });
        var environment = new MeterEnvironment { Sources = detection.Source is { } source ? [source] : [] };
        return (new EnergyMeter(metering, environment), new DetectionReport(detection.Findings));
    }
}
