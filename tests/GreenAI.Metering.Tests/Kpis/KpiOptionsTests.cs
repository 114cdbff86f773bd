using System.Text;
using Microsoft.Extensions.Configuration;

namespace GreenAI.Metering.Tests;

/// <summary>Targets: the guide's, or what the options say.</summary>
public sealed class KpiOptionsTests
{
    [Fact]
    public void Targets_Default_AreTheGuides()
    {
        KpiOptions options = new();
        Assert.Empty(KpiTargetRules.Check(options, "GreenAI:Kpis"));
        Dictionary<Kpi, KpiTarget> expected = new()
        {
            [Kpi.CarbonPerInference] = new(KpiComparison.LessThan, 1),
            [Kpi.WattsPerQuery] = new(KpiComparison.AtMost, 0.010),
            [Kpi.ModelEfficiencyRatio] = new(KpiComparison.AtLeast, 0.5),
            [Kpi.HardwareUtilization] = new(KpiComparison.GreaterThan, 0.65),
            [Kpi.RenewableMatching] = new(KpiComparison.GreaterThan, 0.9),
        };
        foreach (Kpi kpi in Enum.GetValues<Kpi>())
            Assert.Equal(expected.TryGetValue(kpi, out KpiTarget target) ? target : null, options.Of(kpi));
    }

    [Fact]
    public void Targets_FromConfiguration_ReplaceAddAndTakeAway()
    {
        KpiOptions options = new();
        Section("""
            { "Targets": { "carbonperinference": 0.5, "EnergyToSolution": 12, "DES": 3 }, "NoTarget": [ "WpQ", "ModelEfficiencyRatio" ] }
            """).Bind(options);
        Assert.Empty(KpiTargetRules.Check(options, "GreenAI:Kpis"));
        Assert.Equal(new KpiTarget(KpiComparison.LessThan, 0.5), options.Of(Kpi.CarbonPerInference));
        Assert.Null(options.Of(Kpi.WattsPerQuery));
        Assert.Null(options.Of(Kpi.ModelEfficiencyRatio));
        Assert.Equal(new KpiTarget(KpiComparison.AtMost, 12), options.Of(Kpi.EnergyToSolution));
        Assert.Equal(new KpiTarget(KpiComparison.AtLeast, 3), options.Of(Kpi.DataEfficiencyScore));
        Assert.Equal(new KpiTarget(KpiComparison.GreaterThan, 0.65), options.Of(Kpi.HardwareUtilization));
        Assert.Equal(Enum.GetValues<Kpi>().Select(options.Of), options.ToArray());
    }

    [Theory]
    [InlineData("CarbonPerInferenc", 1.0, "GreenAI:Kpis:Targets has 'CarbonPerInferenc'; known indicators are CarbonPerInference (CPI), CarbonPerSuccess (CPI-S), ")]
    [InlineData("0", 1.0, "GreenAI:Kpis:Targets has '0'; known indicators are ")]
    [InlineData("", 1.0, "GreenAI:Kpis:Targets has ''; known indicators are ")]
    [InlineData("CPI", -1.0, "GreenAI:Kpis:Targets:CPI is -1; it must be above 0 and finite, in g (default 1).")]
    [InlineData("CPI", double.NaN, "GreenAI:Kpis:Targets:CPI is NaN; it must be above 0 and finite, in g (default 1).")]
    [InlineData("E2S", 0.0, "GreenAI:Kpis:Targets:E2S is 0; it must be above 0 and finite, in kWh (default: no target).")]
    [InlineData("WattsPerQuery", double.PositiveInfinity, "GreenAI:Kpis:Targets:WattsPerQuery is Infinity; it must be above 0 and finite, in J (default 0.01).")]
    [InlineData("HUE", 65.0, "GreenAI:Kpis:Targets:HUE is 65; it must be above 0 and below 1 (default 0.65): was it given in percent?")]
    [InlineData("REM-h", 1.0, "GreenAI:Kpis:Targets:REM-h is 1; it must be above 0 and below 1 (default: no target).")]
    public void Targets_NameOrValueThatCannotBe_IsToldWithWhatIsAllowed(string name, double bound, string message)
    {
        KpiOptions options = new() { Targets = { [name] = bound } };
        Assert.StartsWith(message, Assert.Single(KpiTargetRules.Check(options, "GreenAI:Kpis")), StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_OneIndicatorUnderTwoNames_IsTold()
    {
        KpiOptions options = new() { Targets = { ["CPI"] = 1, ["CarbonPerInference"] = 2 }, NoTarget = ["cpi", "nothing"] };
        string[] failures = [.. KpiTargetRules.Check(options, "GreenAI:Kpis")];
        Assert.Equal(3, failures.Length);
        Assert.Equal("GreenAI:Kpis:Targets has 'CarbonPerInference', of which 'CPI' speaks already; keep one of them.", failures[0]);
        Assert.Equal("GreenAI:Kpis:NoTarget has 'cpi', of which 'CPI' speaks already; keep one of them.", failures[1]);
        Assert.StartsWith("GreenAI:Kpis:NoTarget has 'nothing'; known indicators are ", failures[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_WhatTheBinderPassesOver_IsTold()
    {
        IConfigurationSection section = Section("""{ "Targets": { "CPI": 0.5, "WpQ": null, "MER": "" } }""");
        Assert.Equal(
            [
                "GreenAI:Kpis:Targets:MER is empty; it must be a number. To ask for nothing, put 'MER' into GreenAI:Kpis:NoTarget.",
                "GreenAI:Kpis:Targets:WpQ is empty; it must be a number. To ask for nothing, put 'WpQ' into GreenAI:Kpis:NoTarget.",
            ], KpiTargetRules.Check(section));
        section = Section("""{ "Targets": "0.5", "NoTarget": "WpQ" }""");
        Assert.Equal(
            [
                "GreenAI:Kpis:Targets is '0.5'; it must hold a bound per indicator: write GreenAI:Kpis:Targets:CPI = 0.5.",
                "GreenAI:Kpis:NoTarget is 'WpQ'; it must be a list: write GreenAI:Kpis:NoTarget:0 = WpQ.",
            ], KpiTargetRules.Check(section));
    }

    [Theory]
    [InlineData(KpiComparison.LessThan, 0.9, true, false, false)]
    [InlineData(KpiComparison.AtMost, 0.9, true, true, false)]
    [InlineData(KpiComparison.GreaterThan, 0.9, false, false, true)]
    [InlineData(KpiComparison.AtLeast, 0.9, false, true, true)]
    public void Target_IsMet_OnItsSideOfTheBound(KpiComparison comparison, double bound, bool below, bool at, bool above)
    {
        KpiTarget target = new(comparison, bound);
        Assert.Equal((below, at, above), (target.IsMetBy(bound - 0.01), target.IsMetBy(bound), target.IsMetBy(bound + 0.01)));
    }

    private static IConfigurationSection Section(string json)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes($$"""{ "GreenAI": { "Kpis": {{json}} } }"""));
        return new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("GreenAI:Kpis");
    }
}
