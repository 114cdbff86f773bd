using Microsoft.Extensions.Configuration;

namespace GreenAI.Metering.Samples.QuickStart.Tests;

public sealed class ExampleCarbonTests
{
    [Fact]
    public void Apply_NothingConfigured_StatesValuesAndSaysEachOfThem()
    {
        GreenAIMeteringOptions metering = new();

        string said = ExampleCarbon.Apply(metering, new ConfigurationBuilder().Build());

        Assert.Equal(("DE", 1.0), (metering.Carbon.Zone, metering.Carbon.Pue));
        EmbodiedFigure server = EmbodiedCatalogue.Find(metering.Carbon.Embodied["server"].Hardware!);
        Assert.Equal((1000.0, 4.0), (server.Total.KilogramsCO2e, server.Lifespan!.Value.TotalDays / 365));
        Assert.All(
            ["EXAMPLE VALUES OF ITS OWN", "grid DE", "PUE 1.0", "1,000 kg over 4 years", "generic-server"],
            part => Assert.Contains(part, said, StringComparison.Ordinal));
        Assert.All(said.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public void Apply_OneKeyConfigured_AddsNothingToIt()
    {
        GreenAIMeteringOptions metering = new();
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["GreenAI:Carbon:Pue"] = "1.3" }).Build();

        string said = ExampleCarbon.Apply(metering, configuration);

        Assert.Equal((null, null, 0), (metering.Carbon.Zone, metering.Carbon.Pue, metering.Carbon.Embodied.Count));
        Assert.Contains("The sample adds nothing", said, StringComparison.Ordinal);
    }

    [Fact]
    public void StateWorkload_ModelOfTheConfiguration_StaysAsItIs()
    {
        GreenAIMeteringOptions metering = new();
        metering.Models["digits-mlp"] = new ModelOptions { Workload = WorkloadKind.Generative };

        ExampleCarbon.StateWorkload(metering, TrainingPlan.All);

        Assert.Equal(
            [("digits-linear", WorkloadKind.Predictive), ("digits-mlp", WorkloadKind.Generative)],
            metering.Models.OrderBy(model => model.Key).Select(model => (model.Key, model.Value.Workload)));
    }
}
