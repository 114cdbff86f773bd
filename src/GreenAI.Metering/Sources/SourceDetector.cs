using Microsoft.Extensions.Logging;

namespace GreenAI.Metering;

/// <summary>Looks for all sources in order of preference and keeps what may be summed without counting a joule twice.</summary>
internal sealed class SourceDetector(
    GreenAIMeteringOptions options,
    TimeProvider timeProvider,
    ILogger logger,
    IPerfEvents? perfEvents = null,
    IEmiSystem? emiSystem = null)
{
    public const string Rapl = "rapl";
    public const string Perf = "perf";
    public const string Emi = "emi";
    public const string Hwmon = "hwmon";
    public const string Nvml = "nvml";
    public const string LoadModel = "load-model";

    private readonly List<SourceFinding> _findings = [];
    private readonly List<IPowerSource> _sources = [];

    /// <summary>The names an option may give.</summary>
    public static IReadOnlyList<string> Names { get; } = [Rapl, Perf, Emi, Nvml, Hwmon, LoadModel];

    /// <summary>Where NVML is looked for.</summary>
    public IReadOnlyList<string> NvmlCandidates { get; init; } = NvmlLoader.Candidates;

    public (IReadOnlyList<IPowerSource> Sources, DetectionReport Report) Detect(IReadOnlyList<IPowerSource> additional)
    {
        var context = new SourceContext(options.SysfsRoot, options.ProcRoot, timeProvider);
        foreach (IPowerSource source in additional) Add(source, "Added by the application.");
        // Two components that configure from one section name each source twice; it is one source all the same.
        foreach (string name in options.Sources?.Distinct(StringComparer.Ordinal) ?? Names.Where(IsOfThisSystem)) Look(name, context);
        foreach (string name in Names.Where(name => options.Sources is { } wanted && !wanted.Contains(name) && IsOfThisSystem(name)))
            _findings.Add(new SourceFinding { Source = name, Status = SourceStatus.Disabled, Reason = "Not among the option Sources." });
        return (_sources, new DetectionReport(_findings));
    }

    /// <summary>A report on sources the application gave instead of detection.</summary>
    public (IReadOnlyList<IPowerSource> Sources, DetectionReport Report) Take(IReadOnlyList<IPowerSource> given)
    {
        foreach (IPowerSource source in given) Add(source, "Given by the application instead of detection.");
        return (_sources, new DetectionReport(_findings));
    }

    // A machine-wide counter of the processors: one is enough, two would count the same joules twice.
    private bool ProcessorMetered => Covers(EnergyDomain.CpuPackage);

    // What another system has is not worth a line, unless it was asked for by name.
    private static bool IsOfThisSystem(string name) => name switch
    {
        Rapl or Perf or Hwmon => !OperatingSystem.IsWindows(),
        Emi => OperatingSystem.IsWindows(),
        _ => true,
    };

    private bool Covers(EnergyDomain domain) =>
        _sources.Any(source => source.Devices.Any(device => device.Domain == domain));

    private void Look(string name, SourceContext context)
    {
        try
        {
            SourceDetection detection = name switch
            {
                _ when Covers(EnergyDomain.Platform) => NotNeeded(name, "A meter of the whole machine contains what it would find."),
                Rapl when ProcessorMetered => NotNeeded(name),
                Rapl => RaplDetection.Detect(context),
                Perf when ProcessorMetered => NotNeeded(name),
                Perf => PerfDetection.Detect(context, perfEvents ?? PerfEvents.Instance),
                Emi when ProcessorMetered => NotNeeded(name),
                Emi => EmiDetection.Detect(emiSystem ?? (OperatingSystem.IsWindows() ? new EmiSystem() : null), timeProvider),
                Hwmon => HwmonDetection.Detect(context, ProcessorMetered, Covers(EnergyDomain.Gpu)),
                Nvml => NvmlDetection.Detect(context, NvmlCandidates, new NvmlOptions
                {
                    Uuids = options.GpuUuids is { } uuids ? [.. uuids] : null,
                    CudaVisibleDevices = Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"),
                    ProcessorMetered = ProcessorMetered,
                }),
                LoadModel when ProcessorMetered => NotNeeded(name),
                _ => LoadModelDetection.Detect(context),
            };
            _findings.AddRange(detection.Findings);
            if (detection.Source is { } source) _sources.Add(source);
        }
        catch (Exception exception) when (IsSurvivable(exception))
        {
            // Detection reads a foreign world; whatever it stumbles over must not keep the host from starting.
            Log.SourceThrew(logger, exception, name);
            _findings.Add(new SourceFinding
            {
                Source = name,
                Status = SourceStatus.Failed,
                Reason = $"Looking for it failed: {exception.Message}",
                Remedy = "Report this with the log; meanwhile the other sources are used.",
            });
        }
    }

    private static SourceDetection NotNeeded(string name, string reason = "Another source already covers the processors.") => new()
    {
        Findings =
        [
            new SourceFinding
            {
                Source = name,
                Status = SourceStatus.NotNeeded,
                Reason = reason,
            },
        ],
    };

    private void Add(IPowerSource source, string reason)
    {
        _sources.Add(source);
        _findings.Add(new SourceFinding
        {
            Source = source.Name,
            Status = SourceStatus.Used,
            Reason = reason,
            Devices = source.Devices,
        });
    }

    private static bool IsSurvivable(Exception exception) => exception is not OutOfMemoryException;
}
