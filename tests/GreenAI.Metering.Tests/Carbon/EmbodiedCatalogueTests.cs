using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class EmbodiedCatalogueTests
{
    private static readonly string _shipped = ShippedText.Read(EmbodiedTable.Resource);

    [Theory]
    [InlineData("nvidia-h100-sxm", 1_312.0 / 8, null)]
    [InlineData("NVIDIA-B200-SXM", 2_274.0 / 8, null)]
    [InlineData("nvidia-a100-sxm", 127.6, null)]
    [InlineData("generic-accelerator", 150, 4)]
    [InlineData("generic-server", 1_000, 4)]
    [InlineData("aws-p5-48xlarge-host", 5_700, 3)]
    public void Find_Known_HasItsSource(string id, double kilograms, int? years)
    {
        EmbodiedFigure figure = EmbodiedCatalogue.Find(id);
        Assert.Equal(kilograms, figure.Total.KilogramsCO2e, 9);
        Assert.Equal(years is { } known ? TimeSpan.FromDays(365 * known) : null, figure.Lifespan);
        Assert.NotEmpty(figure.Source);
        Assert.NotNull(figure.Licence);
        AssertInvariants(figure);
    }

    [Fact]
    public void Find_A100_BandReachesTheHighestFigureInPrint()
    {
        EmbodiedFigure figure = EmbodiedCatalogue.Find("nvidia-a100-sxm");
        Assert.Equal(318, figure.Total.KilogramsCO2e * (1 + figure.Uncertainty!.Value.Above), 0);
    }

    [Fact]
    public void Find_H100WithoutLifespan_HasNoRateUntilOneIsStated_L6()
    {
        EmbodiedFigure figure = EmbodiedCatalogue.Find("nvidia-h100-sxm");
        Assert.Equal(KpiGap.NoEmbodied, EmbodiedCarbon.Of(Amount(figure), figure.Lifespan, TimeSpan.FromHours(1), 1, 1).Gap);
        Assert.Equal(164_000.0 / 35_040, EmbodiedCarbon.Of(Amount(figure), TimeSpan.FromDays(4 * 365), TimeSpan.FromHours(1), 1, 1).Value!.Value, 9);
    }

    [Theory]
    [InlineData("h100", "There is no embodied figure 'h100'. Nearest: nvidia-h100-sxm, ")]
    [InlineData("nvidia-h100-sxn", "There is no embodied figure 'nvidia-h100-sxn'. Nearest: nvidia-h100-sxm, ")]
    [InlineData("", "There is no embodied figure ''. Nearest: ")]
    public void Find_Unknown_SaysWhatIsNearAndWhatIsAllowed(string id, string expected)
    {
        ArgumentException error = Assert.Throws<ArgumentException>("id", () => EmbodiedCatalogue.Find(id));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(". Allowed: nvidia-h100-sxm, nvidia-b200-sxm, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("; or state a total of your own with its source.", error.Message, StringComparison.Ordinal);
        Assert.False(EmbodiedCatalogue.TryFind(id, out _));
    }

    [Theory]
    [InlineData(1, 0, 16, 0, 0, 1_000)]
    [InlineData(1, 0, 0, 0, 0, 1_000)] // Less memory than is included is not less than the whole.
    [InlineData(2, 0, 16, 0, 0, 1_100)]
    [InlineData(1, 8, 16, 0, 0, 2_200)]
    [InlineData(1, 0, 16, 2, 0, 1_200)]
    [InlineData(1, 0, 16, 0, 2, 1_100)]
    [InlineData(1, 0, 400, 0, 0, 1_533)] // 384 GB more have 533 kg: kilograms, not grams.
    [InlineData(2, 8, 2_064, 8, 0, 1_000 + 100 + 1_200 + (2_048 * 533.0 / 384) + 800)]
    public void GenericServer_ByItsParts_IsTheirSum(int cpus, int accelerators, double memory, int ssds, int hdds, double kilograms)
    {
        EmbodiedFigure server = EmbodiedCatalogue.GenericServer(cpus, accelerators, memory, ssds, hdds);
        Assert.Equal(kilograms, server.Total.KilogramsCO2e, 6);
        Assert.Equal((EmbodiedKind.Server, TimeSpan.FromDays(4 * 365)), (server.Kind, server.Lifespan));
        Assert.Contains($"{cpus} CPU, {accelerators} accelerators", server.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void GenericServer_Impossible_NamesThePart()
    {
        Assert.Throws<ArgumentOutOfRangeException>("cpus", () => EmbodiedCatalogue.GenericServer(0, 0, 16, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("cpus", () => EmbodiedCatalogue.GenericServer(1_025, 0, 16, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("accelerators", () => EmbodiedCatalogue.GenericServer(1, -1, 16, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("memoryGigabytes", () => EmbodiedCatalogue.GenericServer(1, 0, double.NaN, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("memoryGigabytes", () => EmbodiedCatalogue.GenericServer(1, 0, -1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("ssds", () => EmbodiedCatalogue.GenericServer(1, 0, 16, -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("hdds", () => EmbodiedCatalogue.GenericServer(1, 0, 16, 0, -1));
    }

    [Theory]
    [InlineData("", "line 2: a blank row")]
    [InlineData("x;X;server;100;;;35040;Source", "line 2: 8 columns instead of 9")]
    [InlineData("x;X;chip;100;;;35040;Source;MIT", "line 2: kind: 'chip' is not accelerator or server")]
    [InlineData("x;X;server;0.5;;;35040;Source;MIT", "line 2: kilograms: '0.5' is not a number from 1 to 100000")]
    [InlineData("x;X;server;;;;35040;Source;MIT", "line 2: kilograms: nothing there")]
    [InlineData("x;X;server;100;0.1;;35040;Source;MIT", "line 2: above: the two sides of a band go together")]
    [InlineData("x;X;server;100;1.1;0;35040;Source;MIT", "line 2: below: '1.1' is not a number from 0 to 1")]
    [InlineData("x;X;server;100;;;4;Source;MIT", "line 2: lifespanHours: '4' is not a number from 8760 to 262800")]
    [InlineData("x;X;server;100;;;35040;;MIT", "line 2: source: nothing there")]
    public void Parse_BadRow_NamesTheLine_L7(string row, string expected)
    {
        FormatException error = Assert.Throws<FormatException>(() => EmbodiedTable.Parse($"{EmbodiedTable.Header}\n{row}\nend;1\n"));
        Assert.Contains($"{EmbodiedTable.Resource}, {expected}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AnyMutation_IsRefusedOrWhole() => TableMutations.Of(_shipped).Sample(text =>
    {
        try
        {
            IReadOnlyList<EmbodiedFigure> figures = EmbodiedTable.Parse(text).Figures;
            Assert.Equal(EmbodiedCatalogue.All.Count, figures.Count);
            Assert.All(figures, AssertInvariants);
        }
        catch (FormatException error)
        {
            Assert.StartsWith($"{EmbodiedTable.Resource}, line ", error.Message, StringComparison.Ordinal);
        }
    });

    private static void AssertInvariants(EmbodiedFigure figure)
    {
        Assert.All([figure.Id, figure.Name, figure.Source, figure.Licence], text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.InRange(figure.Total.KilogramsCO2e, EmbodiedTable.LowestKilograms, EmbodiedTable.HighestKilograms);
        Assert.True(figure.Lifespan is null || figure.Lifespan >= TimeSpan.FromHours(EmbodiedTable.LowestHours));
        Assert.True(Enum.IsDefined(figure.Kind));
    }

    private static KpiAmount Amount(EmbodiedFigure figure) => new(figure.Total.GramsCO2e, MeasurementTier.Modelled, figure.Uncertainty);
}
