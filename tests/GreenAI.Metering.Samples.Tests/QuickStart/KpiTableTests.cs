using Spectre.Console;

namespace GreenAI.Metering.Samples.QuickStart.Tests;

public sealed class KpiTableTests
{
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(5);
    private static readonly KpiAmount _grams = new(0.004, MeasurementTier.Measured, RelativeUncertainty.Symmetric(0.1));

    private static readonly ReportKpi[] _readings =
    [
        Row(null, EnergyPerInference.Of(new KpiAmount(12, MeasurementTier.Measured, RelativeUncertainty.Symmetric(0.12)), 1000)),
        Row(null, Held(WattsPerQuery.Of(new KpiAmount(25, MeasurementTier.Measured, RelativeUncertainty.Symmetric(0.12)), 1000, _window))),
        Row(null, Held(CarbonPerInference.PerCompleted(KpiCarbon.OfGrams(_grams), _grams, 1000))),
        Row("digits-mlp", Held(CarbonPerInference.PerCompleted(KpiCarbon.OfGrams(_grams), _grams, 0))),
        Row("digits-mlp", Held(WattsPerQuery.Of(_grams, 0, _window))),
        Row("digits-mlp", Held(WattsPerQuery.Of(_grams, 10, _window))) with { Window = TimeSpan.FromHours(1) },
    ];

    [Fact]
    public void Print_MetMissedAndUndefined_AreWordsWithoutColour()
    {
        StringWriter output = new();
        KpiTable.Print(SampleConsole.Plain(output), _readings, _window);

        string text = output.ToString();
        string words = string.Join(' ', text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("CPI Carbon per Inference < 1 g 8.00 µg undefined [1]", words, StringComparison.Ordinal);
        Assert.Contains("%, met", words, StringComparison.Ordinal);
        Assert.Contains("WpQ Watts per Query ≤ 0.01 J 25.0 mJ undefined [1] ±12 %, not met", words, StringComparison.Ordinal);
        Assert.Contains("EPI Energy per inference none 12.0 mJ ±12 %", words, StringComparison.Ordinal);
        Assert.Contains("[1] no inference was completed in the window.", words, StringComparison.Ordinal);
        Assert.DoesNotContain("[2]", words, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', text);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 100));
    }

    [Fact]
    public void Print_TargetWithinTheUncertainty_SaysSo()
    {
        StringWriter output = new();
        KpiAmount joules = new(9, MeasurementTier.Modelled, RelativeUncertainty.Symmetric(0.4));
        KpiTable.Print(SampleConsole.Plain(output), [Row(null, Held(WattsPerQuery.Of(joules, 1000, _window)))], _window);

        Assert.Contains("±40 %, met, in doubt", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Print_Terminal_ColoursVerdicts()
    {
        StringWriter output = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 100;
        KpiTable.Print(console, _readings, _window);

        string text = output.ToString();
        Assert.Contains("\x1b[32m8.00 µg", text, StringComparison.Ordinal);
        Assert.Contains("\x1b[91m25.0 mJ", text, StringComparison.Ordinal);
        Assert.Contains("\x1b[90mundefined [1]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Kpi.CarbonPerInference, 0.00000159, "1.59 µg")]
    [InlineData(Kpi.HardwareUtilization, 0.9684, "96.8 %")]
    [InlineData(Kpi.EnergyToSolution, 0.00000145, "1.45 mWh")]
    [InlineData(Kpi.ComputeHoursPerOutcome, 0.5, "1.80 ks")]
    [InlineData(Kpi.EmbodiedRate, 29.5, "29.5 g/h")]
    [InlineData(Kpi.ModelEfficiencyRatio, 429506.4, "429,506/kWh")]
    [InlineData(Kpi.DataEfficiencyScore, 3.6, "3.6/TB")]
    public void Number_OfEachUnit_IsShort(Kpi kpi, double number, string expected) => Assert.Equal(expected, KpiNumber.Of(kpi, number));

    [Theory]
    [InlineData(Kpi.CarbonPerInference, "< 1 g")]
    [InlineData(Kpi.WattsPerQuery, "≤ 0.01 J")]
    [InlineData(Kpi.ModelEfficiencyRatio, "≥ 0.5/kWh")]
    [InlineData(Kpi.RenewableMatching, "> 90 %")]
    public void Target_OfTheGuide_IsInItsOwnUnit(Kpi kpi, string expected) =>
        Assert.Equal(expected, KpiNumber.OfTarget(kpi, KpiDefinition.Of(kpi).DefaultTarget!.Value));

    private static KpiValue Held(KpiValue value) => value with { Target = value.Definition.DefaultTarget, Window = _window };

    private static ReportKpi Row(string? model, KpiValue value) => ReportKpi.From(value, value.Explain()) with
    {
        Model = model,
        Window = _window,
        Reason = KpiText.ReasonOf(value),
    };
}
