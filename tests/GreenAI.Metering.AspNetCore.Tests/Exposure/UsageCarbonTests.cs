using System.Text;
using System.Text.Json;

namespace GreenAI.Metering.AspNetCore.Tests.Exposure;

public sealed class UsageCarbonTests
{
    // 1.9 J, −20 % / +50 %, at 400 g/kWh.
    private static readonly InferenceFootprint _footprint = new()
    {
        Meter = null,
        Marginals = 1.9e6,
        Below = 0.2,
        Above = 0.5,
        MicrogramsPerMicrojoule = 400 / 3.6e6,
    };

    [Fact]
    public void Of_AnEnergy_IsItsBandInKilowattHours()
    {
        UsageCarbon usage = UsageCarbon.Of(_footprint)!;
        // 1.52 J and 2.85 J, rounded outwards.
        Assert.Equal((4.22e-7, 7.92e-7), (usage.KilowattHours.Min, usage.KilowattHours.Max));
        Assert.Null(usage.KilogramsCO2e);
    }

    [Fact]
    public void Of_AnEnergyWithAFactor_HasKilogramsOfTheSameBand()
    {
        using var meter = new EnergyMeter(new GreenAIMeteringOptions(), new MeterEnvironment { Sources = [] });
        UsageCarbon usage = UsageCarbon.Of(_footprint with { Meter = meter })!;
        // 0.000211 g, between 1.688e-7 and 3.166e-7 kg.
        Assert.Equal((1.68e-7, 3.17e-7), (usage.KilogramsCO2e!.Min, usage.KilogramsCO2e.Max));
    }

    [Fact]
    public void Of_NoFootprint_IsNothing() => Assert.Null(UsageCarbon.Of(InferenceFootprint.None));

    [Fact]
    public void WriteTo_AndTheSerialiser_WriteTheSame()
    {
        using var meter = new EnergyMeter(new GreenAIMeteringOptions(), new MeterEnvironment { Sources = [] });
        foreach (InferenceFootprint footprint in new[] { _footprint, _footprint with { Meter = meter } })
        {
            UsageCarbon usage = UsageCarbon.Of(footprint)!;
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream)) usage.WriteTo(writer);
            string written = Encoding.UTF8.GetString(stream.ToArray());
            Assert.Equal(JsonSerializer.Serialize(usage), written);
            Assert.Equal(usage, JsonSerializer.Deserialize<UsageCarbon>(written));
        }
    }

    [Fact]
    public void Serialiser_NoFactor_LeavesKilogramsOut() =>
        Assert.Equal("""{"kWh":{"min":4.22E-07,"max":7.92E-07}}""", JsonSerializer.Serialize(UsageCarbon.Of(_footprint)));
}
