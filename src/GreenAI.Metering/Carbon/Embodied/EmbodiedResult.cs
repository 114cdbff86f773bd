using System.Globalization;

namespace GreenAI.Metering;

/// <summary>An embodied amount, or why it is undefined.</summary>
/// <remarks>Immutable. There is no addition on purpose: amounts of <see cref="EmbodiedCarbon"/>'s different methods do not add up.</remarks>
public readonly record struct EmbodiedResult
{
    // A default result is of no total, and so undefined too.
    private readonly EmbodiedGap _gap;

    private EmbodiedResult(double? grams, EmbodiedGap gap)
    {
        GramsCO2e = grams;
        _gap = gap;
    }

    /// <summary>Grams of CO2e, or grams per hour, as the method says; null when undefined.</summary>
    public double? GramsCO2e { get; }

    /// <summary>Why it is undefined; <see cref="EmbodiedGap.None"/> when it is not.</summary>
    public EmbodiedGap Gap => GramsCO2e is not null ? EmbodiedGap.None : _gap == EmbodiedGap.None ? EmbodiedGap.NoTotal : _gap;

    /// <summary>The same for people, with what to do; null when it is defined.</summary>
    public string? Reason => Gap switch
    {
        EmbodiedGap.None => null,
        EmbodiedGap.NoTotal => "No embodied total is stated: take one from EmbodiedCatalogue, or state your own with its source.",
        EmbodiedGap.NoLifespan => "No lifespan is stated, and the source of the total has none: state for how long the hardware is kept.",
        _ => "The hardware was not utilised: there is no useful hour to bear its embodied emissions.",
    };

    /// <summary>The amount in the invariant culture, or why there is none.</summary>
    public override string ToString() => Reason ?? string.Create(CultureInfo.InvariantCulture, $"{GramsCO2e:0.###} g");

    internal static EmbodiedResult Of(double grams) => new(grams, EmbodiedGap.None);

    internal static EmbodiedResult Undefined(EmbodiedGap gap) => new(null, gap);
}
