namespace GreenAI.Metering.GpuAcceptance;

/// <summary>One board in one phase: the three figures and what to think of them.</summary>
internal sealed record PhaseRow(string Device, string Phase, MeasurementTier Tier)
{
    /// <summary>How far apart our figure and NVML's own may lie.</summary>
    public const double Band = 0.01;

    private const double SmiNear = 0.05;
    private const double SmiFar = 0.10;

    public required TimeSpan Duration { get; init; }

    public required double? Ours { get; init; }

    /// <summary>NVML's counter between two of its own moves, scaled to the length of the window; null when it has none.</summary>
    public required double? Nvml { get; init; }

    public required double? Smi { get; init; }

    public required double Coverage { get; init; }

    public double? NvmlDifference => Relative(Ours, Nvml);

    public double? SmiDifference => Relative(Ours, Smi);

    public RowVerdict Verdict =>
        Ours is null ? RowVerdict.NotRead :
        NvmlDifference is not { } difference ? RowVerdict.NoCounter :
        Math.Abs(difference) <= Band ? RowVerdict.Agrees : RowVerdict.Disagrees;

    /// <summary>What nvidia-smi says to it, for people: it polls power, so it decides nothing.</summary>
    public string SmiRemark => SmiDifference is not { } difference ? "" : Math.Abs(difference) switch
    {
        <= SmiNear => ", smi agrees",
        <= SmiFar => ", smi within 10 %",
        _ => ", smi differs",
    };

    private static double? Relative(double? ours, double? theirs) => theirs is > 0 ? (ours - theirs) / theirs : null;
}
