namespace GreenAI.Metering;

/// <summary>Options of metering; the configuration section is usually called <c>GreenAI</c>.</summary>
/// <remarks>Read once, when the meter is made. No option changes the unit or the meaning of an instrument.</remarks>
public sealed class GreenAIMeteringOptions
{
    /// <summary>How often counters are read.</summary>
    /// <value>100 ms. From 10 ms (finer sampling is a side channel, CVE-2020-8694) to 10 s.</value>
    public TimeSpan SamplingInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whose work on this host counts as ours where a counter covers the whole machine.</summary>
    /// <value><see cref="EnergyScope.Process"/>.</value>
    public EnergyScope Scope { get; set; } = EnergyScope.Process;

    /// <summary>Where sysfs is mounted; containers often mount the host's elsewhere.</summary>
    /// <value><c>/sys</c>.</value>
    public string SysfsRoot { get; set; } = "/sys";

    /// <summary>Where procfs is mounted.</summary>
    /// <value><c>/proc</c>.</value>
    public string ProcRoot { get; set; } = "/proc";

    /// <summary>
    /// Names of the sources to look for, in this order: <c>rapl</c>, <c>perf</c>, <c>emi</c>, <c>nvml</c>, <c>hwmon</c>,
    /// <c>load-model</c>. Null looks for those of this operating system: <c>emi</c> is Windows', <c>rapl</c>, <c>perf</c> and
    /// <c>hwmon</c> are Linux's. The load model is used only where no processor counter was found.
    /// </summary>
    /// <value>Null.</value>
    public IList<string>? Sources { get; set; }

    /// <summary>UUIDs of the NVIDIA devices to meter (<c>GPU-…</c>, prefixes allowed); null meters all that are visible.</summary>
    /// <value>Null.</value>
    public IList<string>? GpuUuids { get; set; }

    /// <summary>
    /// Models by name, with what is known of them: they are registered at start, so that they appear in the metrics before their
    /// first inference.
    /// </summary>
    /// <value>Empty.</value>
    public IDictionary<string, ModelOptions> Models { get; set; } = new Dictionary<string, ModelOptions>(StringComparer.Ordinal);

    /// <summary>
    /// Model names metered apart; all further names share the model <c>(overflow)</c>. On each device the watts of the first 257
    /// models active there are learned; further ones are billed by their declared relative weight.
    /// </summary>
    /// <value>256. From 1 to 4,096.</value>
    public int MaxModels { get; set; } = 256;

    /// <summary>
    /// Inferences tracked at once: those running plus those that ended since the last sampling. Room is made in steps of 4,096
    /// as it is needed; beyond the limit an inference goes untracked and <c>greenai.metering.dropped_scopes</c> counts it.
    /// </summary>
    /// <value>65,536. From 4,096 to 1,048,576.</value>
    public int MaxScopes { get; set; } = 1 << 16;

    /// <summary>Samples kept per device, rounded up to a power of two; 40 bytes each.</summary>
    /// <value>4,096 (nearly 7 minutes at 100 ms). From 64 to 1,048,576.</value>
    public int RingCapacity { get; set; } = 4096;

    /// <summary>Final footprints waiting for observers; beyond it they are dropped and counted (totals are not affected).</summary>
    /// <value>8,192. From 16 to 1,048,576.</value>
    public int ObserverQueueCapacity { get; set; } = 8192;

    /// <summary>Carbon accounting: place, PUE, embodied carbon.</summary>
    /// <value>Nothing stated: emissions are unavailable, with the reason.</value>
    public CarbonOptions Carbon { get; set; } = new();

    /// <summary>The live indicators: their windows, and what they shall be.</summary>
    /// <value>Windows of 5 minutes, 1 hour and 1 day; the guide's targets.</value>
    public KpiOptions Kpis { get; set; } = new();

    /// <summary>Budgets: the policy's file, names, the audit log.</summary>
    /// <value>No policy: everything is allowed.</value>
    public BudgetOptions Budgets { get; set; } = new();

    /// <summary>
    /// A file to record a trace to, for <see cref="TraceReplay"/>: readings of the counters and the times of inferences, with
    /// model names, without anything a request holds. It is created when the meter is made, readable by this user only, and must
    /// not exist; <c>{time}</c> in its name stands for the time of the start, so that a service can be started again.
    /// </summary>
    /// <value>Null: nothing is recorded.</value>
    public string? TraceFile { get; set; }
}
