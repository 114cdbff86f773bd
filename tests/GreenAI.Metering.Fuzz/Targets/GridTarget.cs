using System.Text;
using GreenAI.Metering.Checks;

namespace GreenAI.Metering.Fuzz;

/// <summary>The bodies that a source of grid carbon intensity sends.</summary>
/// <param name="name">What the target is called.</param>
/// <param name="corpus">Answers as the source documents them.</param>
/// <param name="kind">The kind its provider announces.</param>
/// <param name="read">The reader, given the body and the time.</param>
internal sealed class GridTarget(string name, string[] corpus, CarbonKind kind, Func<byte[], DateTimeOffset, CarbonIntensityAnswer> read) : IFuzzTarget
{
    private static readonly CarbonKind _lifecycle = new(CarbonSignal.Average, CarbonBasis.Location, CarbonBoundary.Lifecycle);
    private static readonly CarbonKind _direct = _lifecycle with { Boundary = CarbonBoundary.Direct };
    private static readonly CarbonKind _marginal = _direct with { Signal = CarbonSignal.Marginal };

    public string Name => name;

    public int Inputs => 30_000;

    // A document, a few rows and factors, or an exception with its stack.
    public long AllocationBound => 1 << 16;

    public IReadOnlyList<byte[]> Corpus { get; } = [.. corpus.Select(Encoding.UTF8.GetBytes)];

    public static IEnumerable<IFuzzTarget> All() =>
    [
        new GridTarget(
            "electricity-maps", [Bodies.ElectricityMaps], _lifecycle, (body, now) => ElectricityMapsReader.Read(body, Source("DE", _lifecycle), TimeSpan.FromHours(1), now)),
        new GridTarget("uk-carbon-intensity", [Bodies.Uk], _direct, (body, now) => UkCarbonIntensityReader.Read(body, Source("GB", _direct), null, now)),
        new GridTarget(
            "uk-carbon-intensity-region", [Bodies.UkRegion], _direct, (body, now) => UkCarbonIntensityReader.Read(body, Source("GB-RG10", _direct), "RG10", now)),
        new GridTarget("watttime", [Bodies.WattTime], _marginal, (body, now) => WattTimeReader.Read(body, Source("CAISO_NORTH", _marginal), now)),
        new GridTarget("watttime-login", [Bodies.WattTimeLogin], _marginal, ReadToken),
        new GridTarget("carbon-aware-sdk", [Bodies.CarbonAwareSdk], _marginal, (body, now) => CarbonAwareSdkReader.Read(body, Source("westus", _marginal), now)),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        CarbonIntensityAnswer answer = read(input.ToArray(), Bodies.Now);
        FuzzFailure.Unless((answer.Gap == CarbonGap.None) == (answer.Factors.Count > 0), "there are factors, or a gap");
        FuzzFailure.Unless(answer.Gap == CarbonGap.None || answer.Reason is { Length: > 0 and < 400 } reason && !reason.Any(char.IsControl), "a gap has a reason that fits a line");
        DateTimeOffset last = DateTimeOffset.MinValue;
        foreach (CarbonFactor factor in answer.Factors)
        {
            FuzzFailure.Unless(factor.ValidFrom >= last && factor.ValidTo > factor.ValidFrom, "factors are in order and do not overlap");
            FuzzFailure.Unless(factor.Intensity.GramsPerKilowattHour is >= 0 and <= 10_000, "an intensity is possible");
            FuzzFailure.Unless(factor.Kind == kind, "a factor is of its provider's kind");
            last = factor.ValidTo;
        }

        FuzzFailure.Unless(answer.Factors.Count == 0 || last > Bodies.Now, "factors that are all over are a gap");
    }

    private static GridSource Source(string zone, CarbonKind kind) =>
        new() { Source = "fuzz", Zone = zone, Kind = kind, MaxAge = TimeSpan.FromHours(2) };

    private static CarbonIntensityAnswer ReadToken(byte[] body, DateTimeOffset now)
    {
        CarbonIntensityAnswer? refusal = WattTimeReader.ReadToken(body, "fuzz", out string token);
        FuzzFailure.Unless(refusal is not null || (token.Length > 0 && GridOptionsRules.IsVisibleAscii(token)), "a token fits a header");
        return refusal ?? CarbonIntensityAnswer.Refused(CarbonGap.Pending, "logged in");
    }
}
