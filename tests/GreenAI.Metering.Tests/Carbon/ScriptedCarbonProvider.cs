namespace GreenAI.Metering.Tests.Carbon;

/// <summary>A provider that says what a test tells it, and counts how often it is asked.</summary>
internal sealed class ScriptedCarbonProvider(string name, Func<CancellationToken, CarbonIntensityAnswer> script) : ICarbonIntensityProvider
{
    public static CarbonKind DefaultKind { get; } = new(CarbonSignal.Average, CarbonBasis.Location, CarbonBoundary.Lifecycle);

    public int Asked { get; private set; }

    public string Name => name;

    public CarbonKind Kind { get; init; } = DefaultKind;

    public ValueTask<CarbonIntensityAnswer> GetAsync(CancellationToken cancellationToken)
    {
        Asked++;
        return ValueTask.FromResult(script(cancellationToken));
    }

    /// <summary>One factor, which holds for an hour from a time on.</summary>
    public static CarbonIntensityAnswer Hour(DateTimeOffset from, double grams = 100) => CarbonIntensityAnswer.Of(new CarbonFactor
    {
        Intensity = CarbonIntensity.FromGramsPerKilowattHour(grams),
        Kind = DefaultKind,
        Source = "test",
        ValidFrom = from,
        ValidTo = from.AddHours(1),
    });
}
