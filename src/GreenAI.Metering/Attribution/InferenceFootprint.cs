namespace GreenAI.Metering;

/// <summary>What one inference cost, and how sure that is.</summary>
/// <remarks>
/// Provisional at completion (learned watts × active time), final once every device has closed the interval in which the
/// inference ended. A figure that is not known is null with a <see cref="Reason"/>, never 0. Immutable.
/// </remarks>
public readonly struct InferenceFootprint
{
    /// <summary>No footprint: nothing was completed.</summary>
    public static InferenceFootprint None => new() { Reason = UnavailableReason.NoScope, MicrogramsPerMicrojoule = double.NaN };

    /// <summary>Links the provisional and the final footprint of one inference (<see cref="InferenceScope.Id"/>).</summary>
    public long ScopeId { get; init; }

    /// <summary>The model.</summary>
    public ModelHandle Model => Meter is null ? default : new ModelHandle(Meter, ModelIndex);

    /// <summary>How far the billing has come.</summary>
    public FootprintStage Stage { get; init; }

    /// <summary>How the inference ended.</summary>
    public InferenceOutcome Outcome { get; init; }

    /// <summary>The worst tier of the parts; a provisional figure is always <see cref="MeasurementTier.Modelled"/> or worse.</summary>
    public MeasurementTier Tier { get; init; }

    /// <summary>Why there is no figure; <see cref="UnavailableReason.None"/> when there is one.</summary>
    public UnavailableReason Reason { get; init; }

    /// <summary>True when no idle floor is known, so that <see cref="Marginal"/> contains a share of idle power.</summary>
    public bool IncludesIdle { get; init; }

    /// <summary>Work units done.</summary>
    public long Units { get; init; }

    /// <summary>From begin to completion, waiting included.</summary>
    public TimeSpan Duration => new((long)(Ticks * TimeTicksPerTick));

    /// <summary>Time charged: the duration less what was spent suspended.</summary>
    public TimeSpan ActiveTime => new((long)(ActiveTicks * TimeTicksPerTick));

    /// <summary>Fraction of the active time, over all devices, for which counters were read.</summary>
    public double Coverage { get; init; }

    /// <summary>How far the truth may lie from the figure; null when there is none.</summary>
    public RelativeUncertainty? Uncertainty => Reason == UnavailableReason.None ? RelativeUncertainty.OfChecked(Below, Above) : null;

    /// <summary>Energy above the idle floor caused by this inference; null when not known.</summary>
    public Energy? Marginal => Reason == UnavailableReason.None ? Energy.FromMicrojoules(MarginalMicrojoules) : null;

    /// <summary>
    /// <see cref="Marginal"/> plus a share of the idle floor, which is spread over the active inferences by active time; null
    /// when not known.
    /// </summary>
    public Energy? WithIdle => Reason == UnavailableReason.None
        ? Energy.FromMicrojoules(MarginalMicrojoules + IdleMicrojoules)
        : null;

    /// <summary>
    /// Operational emissions of <see cref="Marginal"/> at the grid factor and PUE of its time; null when the energy or the factor is
    /// not known (<see cref="CarbonTotals.Reason"/> says why there is no factor). Embodied carbon is not in it. In whole micrograms, of
    /// which a tiny inference emits none: see <see cref="MarginalGramsCO2e"/>.
    /// </summary>
    public CarbonMass? MarginalEmissions => Emissions(Marginal);

    /// <summary><see cref="MarginalEmissions"/> in grams, unrounded; null when the energy or the factor is not known.</summary>
    public double? MarginalGramsCO2e => MarginalEmissions is null ? null : MarginalGrams;

    /// <summary>Operational emissions of <see cref="WithIdle"/>; null when the energy or the factor is not known.</summary>
    public CarbonMass? EmissionsWithIdle => Emissions(WithIdle);

    /// <summary>More than the inference can have cost: its active time at the devices' highest power. Zero when there is no device.</summary>
    public Energy UpperBound => Energy.FromJoulesAtMost(UpperMicrojoules / 1e6);

    /// <summary>
    /// An estimate for devices whose counter had not moved when the bill had to be closed: not in <see cref="Marginal"/> and not
    /// in any total, where the measured energy arrives later as late.
    /// </summary>
    public Energy ModelledRemainder { get; init; }

    /// <summary>Adds up what several inferences cost, such as all those of one request.</summary>
    /// <param name="other">Another footprint, such as of a second model.</param>
    /// <returns>
    /// The sum: energy, emissions, work units and times added, the worst of the tiers and stages, uncertainty and coverage weighted by energy and time. Model, outcome
    /// and scope are this one's. <see cref="None"/> adds nothing; where a part has no figure the sum has none, for the same reason, except that parts below the
    /// resolution are added as what they are.
    /// </returns>
    public InferenceFootprint Plus(in InferenceFootprint other) =>
        other.Stage == FootprintStage.None ? this : Stage == FootprintStage.None ? other : FootprintSum.Of(this, other);

    // Bare amounts, valid even when the figure is withheld (a bill below resolution is 0 in the books). They are converted when
    // they are asked for: a request pays for none of it. A bill is exact in a double up to 9e9 J.
    // Bare fields rather than the structs they make up: a struct inside a struct is built apart and copied.
    internal EnergyMeter? Meter { get; init; }

    internal int ModelIndex { get; init; }

    internal double Below { get; init; }

    internal double Above { get; init; }

    internal double Marginals { get; init; }

    internal double Idles { get; init; }

    internal double UpperMicrojoules { get; init; }

    internal double MicrogramsPerMicrojoule { get; init; }

    internal long Ticks { get; init; }

    internal long ActiveTicks { get; init; }

    internal double TimeTicksPerTick { get; init; }

    internal long MarginalMicrojoules => (long)Marginals;

    /// <summary>Operational emissions in grams, unrounded: an inference may emit less than a microgram. NaN when not known.</summary>
    internal double MarginalGrams => Marginals * MicrogramsPerMicrojoule / 1e6;

    internal long IdleMicrojoules => (long)Idles;

    private CarbonMass? Emissions(Energy? energy) => energy is { } known && Meter is not null && !double.IsNaN(MicrogramsPerMicrojoule)
        ? CarbonMass.FromMicrograms((long)Math.Round(known.Microjoules * MicrogramsPerMicrojoule))
        : null;
}
