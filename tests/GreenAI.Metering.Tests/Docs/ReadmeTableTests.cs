using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace GreenAI.Metering.Tests;

/// <summary>The tables of the README against the library as it is.</summary>
public sealed class ReadmeTableTests
{
    [Fact]
    public void InstrumentTable_IsTheLiveMeter_InBothDirections()
    {
        using MeterRig rig = new(ReadmeCarbon(), FakePowerSource.Cpu("readme:cpu", idle: Power.Zero));
        using InstrumentProbe probe = new(rig.Meters);
        rig.Meter.Budgets.Apply(ReadmePolicy());
        for (int tick = 0; tick < 60; tick++)
        {
            using InferenceScope scope = rig.Meter.Begin(rig.Meter.Model("m"), rig.Meter.TryAdmit(rig.Meter.Model("m")));
            rig.Run(0.1, 10);
            scope.Complete();
            rig.Meter.Engine.Tick();
        }

        Indicate(rig);
        InstrumentReading[] readings =
        [
            .. probe.Collect(), .. probe.Recorded(InstrumentNames.InferenceEnergy), .. probe.Recorded(InstrumentNames.InferenceEmissions),
            .. probe.Recorded(InstrumentNames.InferenceDuration),
        ];
        string[] live = [.. probe.Instruments
            .Select(instrument => $"{instrument.Name}|{Kind(instrument)}|{instrument.Unit}|{Keys(readings, instrument.Name)}").Order()];
        string[] documented = [.. MarkdownTable.Rows(EmbeddedText.Readme, "instrument", "kind", "unit", "attributes", "meaning")
            .Select(row => $"{MarkdownTable.Codes(row[0]).Single()}|{row[1]}|{row[2]}|{string.Join(",", MarkdownTable.Codes(row[3]).Order())}").Order()];
        Assert.Equal(live, documented);
        Assert.All(probe.Instruments, instrument => Assert.Contains(readings, reading => reading.Name == instrument.Name));
        Assert.All(probe.Instruments, instrument => Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal));
    }

    [Fact]
    public void InstrumentTable_ValuesOfBucketAndOutcome_AreTheLiveOnes()
    {
        using MeterRig rig = new(FakePowerSource.Cpu("readme:values"));
        using InstrumentProbe probe = new(rig.Meters);
        rig.Meter.Begin("m").Complete();
        rig.Run(0.1, 10);
        rig.Settle();
        IReadOnlyList<string[]> rows = MarkdownTable.Rows(EmbeddedText.Readme, "instrument", "kind", "unit", "attributes", "meaning");
        foreach ((string instrument, string key) in (ReadOnlySpan<(string, string)>)
            [("greenai.energy", "greenai.bucket"), ("greenai.inferences", "greenai.outcome")])
        {
            IEnumerable<string> live = probe.Collect(instrument).Where(row => row.Tags.ContainsKey(key)).Select(row => row.Tags[key]);
            IReadOnlyList<string> said = MarkdownTable.Codes(rows.Single(row => row[0] == $"`{instrument}`")[4]);
            Assert.Equal(live, said.Where(word => !word.StartsWith("hw.", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData(CarbonMethod.LocationBased, "location")]
    [InlineData(CarbonMethod.MarketBased, "market")]
    [InlineData(CarbonMethod.Consequential, "marginal")]
    public void InstrumentTable_ValuesOfScopeAndBasis_AreTheLiveOnes(CarbonMethod method, string basis)
    {
        GreenAIMeteringOptions options = ReadmeCarbon();
        options.Carbon.Method = method;
        using MeterRig rig = new(options, FakePowerSource.Cpu("readme:emissions"));
        using InstrumentProbe probe = new(rig.Meters);
        rig.Meter.Begin("m").Complete();
        rig.Run(0.1, 10);
        rig.Settle();
        IReadOnlyList<InstrumentReading> rows = probe.Collect(InstrumentNames.Emissions);
        Assert.Equal(["embodied", "operational"], rows.Select(row => row.Tags["greenai.scope"]).Distinct().Order());
        Assert.All(rows, row => Assert.Equal(row.Tags["greenai.scope"] == "operational" ? basis : null, row.Tags.GetValueOrDefault("greenai.basis")));
        string said = MarkdownTable.Rows(EmbeddedText.Readme, "instrument", "kind", "unit", "attributes", "meaning")
            .Single(row => row[0] == $"`{InstrumentNames.Emissions}`")[4];
        foreach (string word in (ReadOnlySpan<string>)["embodied", "operational", basis]) Assert.Contains($"`{word}`", said, StringComparison.Ordinal);
    }

    [Fact]
    public void InstrumentTable_PublicNamesAreTheInstruments()
    {
        using MeterRig rig = new();
        using InstrumentProbe probe = new(rig.Meters);
        IEnumerable<string> names = typeof(InstrumentNames).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!).Where(name => name != InstrumentNames.Meter);
        Assert.Equal(names.Order(), probe.Instruments.Select(instrument => instrument.Name).Order());
        Assert.Contains($"Meter `{InstrumentNames.Meter}`", EmbeddedText.Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsTable_IsTheOptions_WithTheirDefaultsAndRanges()
    {
        IReadOnlyList<string[]> rows = MarkdownTable.Rows(EmbeddedText.Readme, "option", "default", "allowed", "meaning");
        PropertyInfo[] properties = typeof(GreenAIMeteringOptions).GetProperties();
        Assert.Equal(properties.Select(property => $"`{property.Name}`"), rows.Select(row => row[0]));
        foreach ((string[] row, PropertyInfo property) in rows.Zip(properties))
        {
            Assert.Equal(Text(property.GetValue(new GreenAIMeteringOptions())), row[1]);
            if (row[2].StartsWith("from ", StringComparison.Ordinal)) AssertRange(property.Name, row[2]["from ".Length..].Split(" to "));
        }

        Assert.Equal(string.Join(", ", Enum.GetNames<EnergyScope>()), rows.Single(row => row[0] == "`Scope`")[2]);
        Assert.Equal(string.Join(", ", SourceDetector.Names), rows.Single(row => row[0] == "`Sources`")[2]);
    }

    [Fact]
    public void CarbonOptionsTable_IsTheOptions_WithTheirDefaultsAndRanges()
    {
        AssertOptions("carbon option", new CarbonOptions(), "Carbon");
        AssertOptions("embodied option", new EmbodiedOptions(), "Carbon:Embodied:x", ("Carbon:Embodied:x:KilogramsCO2e", "1"));
        IReadOnlyList<string[]> rows = MarkdownTable.Rows(EmbeddedText.Readme, "carbon option", "default", "allowed", "meaning");
        Assert.Equal(string.Join(", ", Enum.GetNames<CarbonMethod>()), rows.Single(row => row[0] == "`Method`")[2]);
        Assert.Equal(string.Join(", ", Enum.GetNames<CarbonBoundary>()), rows.Single(row => row[0] == "`Boundary`")[2]);
    }

    [Fact]
    public void KpiOptionsTable_IsTheOptions_WithTheirDefaults() => AssertOptions("KPI option", new KpiOptions(), "Kpis");

    [Fact]
    public void BudgetOptionsTable_IsTheOptions_WithTheirDefaultsAndRanges() => AssertOptions(
        "budget option", new BudgetOptions(), "Budgets", ("Budgets:FlushInterval", "00:00:00.0100000"), ("Budgets:LeaseTimeToLive", "01:00:00"));

    [Fact]
    public void SourceTable_NamesTheSourcesOfDetection() => Assert.Equal(
        SourceDetector.Names.Select(name => $"`{name}`"),
        MarkdownTable.Rows(EmbeddedText.Readme, "source", "reads", "tier").Select(row => row[0]));

    private static void AssertOptions<T>(string header, T defaults, string section, params (string Key, string Value)[] settings)
    {
        IReadOnlyList<string[]> rows = MarkdownTable.Rows(EmbeddedText.Readme, header, "default", "allowed", "meaning");
        PropertyInfo[] properties = typeof(T).GetProperties();
        Assert.Equal(properties.Select(property => $"`{property.Name}`"), rows.Select(row => row[0]));
        foreach ((string[] row, PropertyInfo property) in rows.Zip(properties))
        {
            Assert.Equal(Text(property.GetValue(defaults)), row[1]);
            if (row[2].StartsWith("from ", StringComparison.Ordinal)) AssertRange($"{section}:{property.Name}", row[2]["from ".Length..].Split(" to "), settings);
        }
    }

    // Both ends are allowed, and what is one step beyond them is not.
    private static void AssertRange(string key, string[] ends, params (string Key, string Value)[] settings)
    {
        Assert.Empty(Failures(ends[0]));
        Assert.Empty(Failures(ends[1]));
        Assert.Single(Failures(Step(ends[0], -1)));
        Assert.Single(Failures(Step(ends[1], 1)));

        IEnumerable<string> Failures(string value) => GreenAIMeteringOptionsRules.Check(Bound([.. settings.Where(setting => setting.Key != key), (key, value)]), "GreenAI");
    }

    private static string Step(string end, int by) => int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? (number + by).ToString(CultureInfo.InvariantCulture)
        : TimeSpan.Parse(end, CultureInfo.InvariantCulture).Add(TimeSpan.FromTicks(by)).ToString("c", CultureInfo.InvariantCulture);

    private static GreenAIMeteringOptions Bound(IEnumerable<(string Key, string Value)> settings)
    {
        GreenAIMeteringOptions options = new();
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build().Bind(options);
        return options;
    }

    // What is written off, and a figure of one's own: every instrument has a row, in every account.
    private static GreenAIMeteringOptions ReadmeCarbon() => new()
    {
        Carbon = new CarbonOptions
        {
            GramsPerKilowattHour = 400,
            Source = "test",
            Pue = 1,
            Embodied = { ["server"] = new EmbodiedOptions { KilogramsCO2e = 1000, LifespanYears = 4 } },
        },
    };

    // A budget of grams and one of joules, short enough to have a forecast and a burn rate, and a baseline.
    private static BudgetPolicy ReadmePolicy() => BudgetPolicy.FromJson("""
        {
          "version": "1",
          "budgets": [
            { "id": "grams", "kind": "emissions", "limit": { "value": 1, "unit": "kgCO2e" }, "window": { "type": "rolling", "length": "PT1M" } },
            { "id": "joules", "kind": "energy", "limit": { "value": 1, "unit": "MJ" }, "window": { "type": "rolling", "length": "PT1M" },
              "burn": [{ "long": "PT5S", "short": "PT1S", "factor": 100, "do": "warn" }] }
          ],
          "kpis": [{ "id": "no-dearer", "kpi": "EPI", "model": "m", "baseline": { "mean": 1 } }]
        }
        """);

    // All that only the application can say, so that every indicator has a row.
    private static void Indicate(MeterRig rig)
    {
        EnergyWindow window = rig.Meter.StartWindow("training");
        rig.Run(0.1, 10);
        ValueTask<EnergyReading> reading = window.StopAsync();
        Assert.True(reading.IsCompleted, "Without a sampler a window must not wait.");
        rig.Meter.Kpis.RecordAttempt("m", reading.Result, reached: true);
        rig.Meter.Kpis.RecordTraining("m", new ModelTraining { Accuracy = 0.9, Energy = TrainingEnergy.None, DataBytes = 1 });
        rig.Meter.Kpis.RecordOutcome();
        rig.Meter.Kpis.RecordRenewable(Energy.FromJoules(1), rig.Time.GetUtcNow().AddSeconds(-1), rig.Time.GetUtcNow());
        rig.Settle();
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IEnumerable<string> list when value is not string => list.Any() ? string.Join(", ", list) : "empty",
        CarbonOptions => "nothing stated",
        KpiOptions => "the guide's",
        BudgetOptions => "no policy",
        IDictionary<string, double> targets => targets.Count == 0 ? "empty" : "not empty",
        IDictionary<string, EmbodiedOptions> embodied => embodied.Count == 0 ? "empty" : "not empty",
        IDictionary<string, ModelOptions> models => models.Count == 0 ? "empty" : "not empty",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Keys(InstrumentReading[] readings, string name) => string.Join(
        ",", readings.Where(reading => reading.Name == name).SelectMany(reading => reading.Tags.Keys).Distinct().Order());

    private static string Kind(Instrument instrument) => instrument.GetType().Name switch
    {
        "ObservableCounter`1" => "observable counter",
        "ObservableGauge`1" => "observable gauge",
        "Histogram`1" => "histogram",
        string other => other,
    };
}
