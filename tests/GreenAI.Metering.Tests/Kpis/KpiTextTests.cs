using System.Globalization;
using static GreenAI.Metering.Tests.Amounts;

namespace GreenAI.Metering.Tests;

/// <summary>The lines a board reads.</summary>
public sealed class KpiTextTests
{
    private const string GenerativeNote =
        " The guide's 10 mJ per query is not meant for generative models: a prompt costs 46 to 1,200 J, 3.7 to 5.1 orders of magnitude more.";

    private static readonly KpiAmount _gram = Modelled(0.12, 0.12);
    private static readonly KpiAmount _wide = new(0.5, MeasurementTier.Modelled, new RelativeUncertainty(0.57, 0.73));

    public static TheoryData<string, Func<KpiValue>> Lines => new()
    {
        {
            "Carbon per Inference: 0.12 g (±12 %, Modelled), target < 1 g: met.",
            () => CarbonPerInference.PerCompleted(KpiCarbon.OfGrams(_gram), Modelled(0, 0), 1)
        },
        {
            "Carbon per Inference: 1.2 g (±12 %, Modelled), target < 1 g: not met.",
            () => CarbonPerInference.PerCompleted(KpiCarbon.OfGrams(Modelled(1.2, 0.12)), Modelled(0, 0), 1)
        },
        {
            "Carbon per Inference: 0.95 g (±12 %, Modelled), target < 1 g: met, though the target lies within the uncertainty.",
            () => CarbonPerInference.PerCompleted(KpiCarbon.OfGrams(Modelled(0.95, 0.12)), Modelled(0, 0), 1)
        },
        {
            "Carbon per Inference: 0.12 g (uncertainty not known, Modelled), target < 1 g: met.",
            () => CarbonPerInference.PerCompleted(KpiCarbon.OfGrams(Doubtful(0.12)), Modelled(0, 0), 1)
        },
        {
            "Carbon per Inference: 0.12 g (−12/+16.2 %, Modelled), target < 1 g: met. Nearly complete: some of the energy had no grid factor: the last factor is too old.",
            () => CarbonPerInference.PerCompleted(KpiCarbon.OfPart(_gram, 0.96, CarbonGap.Stale), Modelled(0, 0), 1)
        },
        {
            "Carbon per Inference, target < 1 g: undefined, because no inference was completed in the window.",
            () => CarbonPerInference.PerCompleted(Grams(1), Modelled(1), 0)
        },
        {
            "Marginal Carbon per Inference: undefined, because no grid carbon factor applied: no zone, region, constant or provider is configured.",
            () => CarbonPerInference.Marginal(KpiCarbon.Missing(CarbonGap.NotConfigured), 1)
        },
        {
            "Energy per work unit (token): 0.444 J (±5 %, Measured); no target.", () => EnergyPerUnit.Of(Measured(888), 2000, "token")
        },
        {
            "Watts per Query: 864 J (±5 %, Measured), target ≤ 0.01 J: not met.", () => WattsPerQuery.Of(Measured(864), 1.0)
        },
        {
            "Model Efficiency Ratio: 1.8 per kWh (−42.2/+132.6 %, Modelled), target ≥ 0.5 per kWh: met.",
            () => ModelEfficiencyRatio.Of(0.9, TrainingEnergy.None, _wide, 1)
        },
        {
            "Model Efficiency Ratio: 0.9 per kWh (no upper bound known, Measured), target ≥ 0.5 per kWh: met.",
            () => ModelEfficiencyRatio.Of(0.9, TrainingEnergy.None, Measured(1, 1), 1)
        },
        {
            "Model Efficiency Ratio: 0.3 per kWh (no upper bound known, Measured), target ≥ 0.5 per kWh: not met, though it may be otherwise.",
            () => ModelEfficiencyRatio.Of(0.3, TrainingEnergy.None, Measured(1, 1), 1)
        },
        {
            "Energy-to-Solution: undefined, because the outcome was not achieved, for 3.2 kWh so far.",
            () => EnergyToSolution.Of([new(Measured(3.2), false)])
        },
        {
            "Hardware Utilisation Efficiency (gpu, nvml-time): 100 % (±0 %, Measured), target > 65 %: met. 2 h above the capacity were cut off.",
            () => HardwareUtilization.Of(Measured(26), 24, "gpu, nvml-time")
        },
        {
            "Sustained utilisation (cpu, cpu-time): 100 % (uncertainty not known, Measured); no target. 20 % above the capacity were cut off.",
            () => HardwareUtilization.Sustained([1.2], new double[1], MeasurementTier.Measured, null, "cpu, cpu-time")
        },
        {
            "Renewable Energy Matching: 100 % (±0 %, Measured), target > 90 %: met. 10 kWh of green energy beyond the load are not in it.",
            () => RenewableMatching.OfPeriod(Measured(30), Measured(20))
        },
        {
            "Renewable Energy Matching, target > 90 %: undefined, because there was no load in the period.",
            () => new KpiValue { Kpi = Kpi.RenewableMatching, Gap = KpiGap.NoLoad, Surplus = 10, Target = KpiDefinition.Of(Kpi.RenewableMatching).DefaultTarget }
        },
        {
            "Data Efficiency Score (ag-news, accuracy): 3.6 per TB (uncertainty not known, Modelled); no target.",
            () => DataEfficiencyScore.Of(0.9, 250_000_000_000, "ag-news, accuracy")
        },
        {
            "Embodied Carbon Amortisation: 93.61 g per useful hour (−30.4/+30.5 %, Modelled); no target.",
            () => EmbodiedRate.Of(Modelled(1_312_000), TimeSpan.FromDays(4 * 365), Measured(0.4, 0.05))
        },
        {
            "Software Carbon Intensity (ISO/IEC 21031) (1,000,000 tokens): 130 g (±5 %, Measured); no target.",
            () => SoftwareCarbonIntensity.Of(Grams(130_000), Measured(0, 0), 1000, "1,000,000 tokens")
        },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Explain_IsALineABoardCanRead(string line, Func<KpiValue> compute) => Assert.Equal(line, compute().Explain());

    [Fact]
    public void Explain_Generative_SaysThatTheGuidesWattsPerQueryIsNotMeantForIt()
    {
        KpiValue prompt = WattsPerQuery.Of(Measured(864), 1.0);
        Assert.Equal(prompt.Explain() + GenerativeNote, prompt.Explain(WorkloadKind.Generative));
        Assert.Equal(prompt.Explain(), prompt.Explain(WorkloadKind.Predictive));
        KpiValue idle = WattsPerQuery.Of(Measured(864), 0.0);
        Assert.EndsWith(GenerativeNote, idle.Explain(WorkloadKind.Generative), StringComparison.Ordinal);
        KpiValue other = EnergyPerInference.Of(Measured(864), 1);
        Assert.Equal(other.Explain(), other.Explain(WorkloadKind.Generative));
    }

    [Fact]
    public void Explain_Generative_WithABoundOfItsOwn_NeedsNoNote()
    {
        KpiValue prompt = WattsPerQuery.Of(Measured(864), 1.0) with { Target = new KpiTarget(KpiComparison.AtMost, 1000) };
        Assert.Equal("Watts per Query: 864 J (±5 %, Measured), target ≤ 1,000 J: met.", prompt.Explain(WorkloadKind.Generative));
    }

    [Fact]
    public void Reason_EachGapHasItsOwnWords()
    {
        string[] reasons = [.. Enum.GetValues<KpiGap>().Where(gap => gap != KpiGap.None).Select(KpiText.Reason)];
        string[] carbon = [.. Enum.GetValues<CarbonGap>().Where(gap => gap != CarbonGap.None).Select(KpiText.Reason)];
        Assert.All([.. reasons, .. carbon], reason => Assert.Matches("^[a-z][^.]*[a-z0-9]$", reason.Replace("1.0", "1", StringComparison.Ordinal)));
        Assert.DoesNotContain("the reason is not known", (IEnumerable<string>)[.. reasons, .. carbon]);
        Assert.Equal(reasons.Length + carbon.Length, reasons.Concat(carbon).Distinct().Count());
    }

    [Theory]
    [InlineData(0, "0 J")]
    [InlineData(0.1632, "0.1632 J")]
    [InlineData(28.538812785388128, "28.54 J")]
    [InlineData(1234567.8, "1,234,568 J")]
    [InlineData(0.0000123456, "0.00001235 J")]
    [InlineData(1.5e-12, "1.5E-12 J")]
    [InlineData(2.5e20, "2.5E+20 J")]
    public void Value_HasUpToFourSignificantDigits(double joules, string text) => Assert.Equal(text, KpiText.ValueOf(
        new KpiValue { Kpi = Kpi.EnergyPerInference, Numerator = joules, Denominator = 1 }));

    [Fact]
    public void Texts_DoNotFollowTheCultureOfTheThread()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator) = (",", ".");
        try
        {
            CultureInfo.CurrentCulture = comma;
            foreach ((string line, Func<KpiValue> compute) in Lines.Select(row => row.Data)) Assert.Equal(line, compute().Explain());
            Assert.StartsWith(
                "accuracy is 93.5; it must", Assert.Throws<ArgumentOutOfRangeException>(
                    () => ModelEfficiencyRatio.Of(93.5, TrainingEnergy.None, Measured(1), 1)).Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Definitions_AreInTheOrderOfTheEnumeration_WithNamesOfTheirOwn()
    {
        Kpi[] kpis = Enum.GetValues<Kpi>();
        Assert.Equal(kpis, kpis.Select(kpi => KpiDefinition.Of(kpi).Kpi));
        Assert.Equal(kpis.Length, kpis.Select(kpi => KpiDefinition.Of(kpi).Abbreviation).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(kpis.Select(KpiDefinition.Of), definition => Assert.Equal(definition.DefaultTarget?.Comparison ?? definition.Comparison, definition.Comparison));
    }
}
