using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class CloudRegionTests
{
    private const string Fleet = "aws;fleet;;AWS;1.14;2025;";
    private const string Frankfurt = "aws;eu-central-1;DE;Frankfurt;1.35;2024;0.01";

    private static readonly string _shipped = ShippedText.Read(CloudRegionTable.Resource);

    [Fact]
    public void All_EveryRegion_IsInBandAndInACountryOfTheOtherTable_L7()
    {
        Assert.True(CloudRegion.All.Count >= 100, $"{CloudRegion.All.Count} regions");
        Assert.Equal(["aws", "azure", "google"], CloudRegion.All.Select(region => region.Provider).Distinct().Order());
        Assert.All(CloudRegion.All, region =>
        {
            AssertInvariants(region);
            CountryIntensity? country = CountryTable.Shipped.Find(region.Country);
            Assert.NotNull(country);
            Assert.Equal(region.Country, country.Alpha2);
            Assert.InRange(region.Pue, 1.05, 1.5);
        });
    }

    [Theory]
    [InlineData("aws:us-east-1", "US", 1.15, "AWS, this region, 2024", 0.12)]
    [InlineData("aws:ap-southeast-4", "AU", 1.07, "AWS, this region, 2024", 0.02)]
    [InlineData("aws:ap-south-2", "IN", 1.46, "AWS, this region, 2024", null)]
    [InlineData("aws:eu-west-2", "GB", 1.14, "AWS, whole fleet, 2025", null)]
    [InlineData("azure:westeurope", "NL", 1.14, "Microsoft, this region, 2023", null)]
    [InlineData("azure:uksouth", "GB", 1.18, "Microsoft, whole fleet, 2023", null)]
    [InlineData("google:europe-west4", "NL", 1.07, "Google, this region, 2023", null)]
    [InlineData("Google:Europe-West9", "FR", 1.09, "Google, whole fleet, 2024", null)]
    public void Find_Known_TellsWhoseFigureItIs(string id, string country, double pue, string source, double? wue)
    {
        CloudRegion region = CloudRegion.Find(id);
        Assert.Equal((country, pue, source, wue), (region.Country, region.Pue, region.PueSource, region.WueLitresPerKilowattHour));
        Assert.Equal(source.Contains("fleet", StringComparison.Ordinal), region.IsPueOfFleet);
        Assert.Equal(id.ToLowerInvariant(), region.Id);
    }

    /// <summary>AWS's own regions of 2024: the mean over those it publishes is 1.225.</summary>
    [Fact]
    public void All_AwsMean_IsThePublishedOne() => Assert.Equal(
        1.225, CloudRegion.All.Where(region => region.Provider == "aws" && !region.IsPueOfFleet).Average(region => region.Pue), 3);

    [Theory]
    [InlineData("eu-central-1", "There is no cloud region 'eu-central-1'. Nearest: aws:eu-central-1 (Frankfurt), ")]
    [InlineData("aws:eu-centrl-1", "There is no cloud region 'aws:eu-centrl-1'. Nearest: aws:eu-central-1 (Frankfurt), ")]
    [InlineData("gcp:europe-west4", "There is no cloud region 'gcp:europe-west4'. Nearest: google:europe-west4 (Eemshaven), ")]
    [InlineData("azure:fleet", "There is no cloud region 'azure:fleet'. Nearest: ")]
    public void Find_Unknown_SaysWhatIsNearAndWhatIsAllowed(string id, string expected)
    {
        ArgumentException error = Assert.Throws<ArgumentException>("region", () => CloudRegion.Find(id));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(
            ". Allowed: provider:region, with the provider aws, azure or google and its own name of the region, as in aws:eu-central-1.",
            error.Message,
            StringComparison.Ordinal);
        Assert.False(CloudRegion.TryFind(id, out CloudRegion? found));
        Assert.Null(found);
    }

    [Fact]
    public async Task ForCloudRegion_Frankfurt_IsGermanysMeanUnderTheRegionsName()
    {
        YearlyCarbonIntensity provider = YearlyCarbonIntensity.ForCloudRegion("aws:eu-central-1");
        CarbonFactor country = YearlyCarbonIntensity.ForCountry("DE").Factor;
        CarbonFactor factor = Assert.Single((await provider.GetAsync(TestContext.Current.CancellationToken)).Factors);
        Assert.Equal((country.Intensity, country.Kind, country.Uncertainty), (factor.Intensity, factor.Kind, factor.Uncertainty));
        Assert.Equal("aws:eu-central-1", factor.Zone);
        Assert.Equal("Ember via Our World in Data, mean of 2025 of Germany, the country of aws:eu-central-1", factor.Source);
        Assert.True(factor.IsEstimated);
    }

    [Fact]
    public void ForCloudRegion_Every_HasAFactor() => Assert.All(
        CloudRegion.All, region => Assert.True(YearlyCarbonIntensity.TryForCloudRegion(region.Id, out YearlyCarbonIntensity? found) && found.Factor.Zone == region.Id));

    [Fact]
    public void ForCloudRegion_Unknown_IsRefused()
    {
        Assert.Throws<ArgumentException>("region", () => YearlyCarbonIntensity.ForCloudRegion("aws:mars-north-1"));
        Assert.False(YearlyCarbonIntensity.TryForCloudRegion("aws:mars-north-1", out _));
    }

    [Theory]
    [InlineData("", "line 4: a blank row")]
    [InlineData("aws;eu-west-9;FR;Lyon;1.1;2024", "line 4: 6 columns instead of 7")]
    [InlineData("aws;eu-west-9;FR;Lyon;0.99;2024;", "line 4: pue: '0.99' is not a number from 1 to 3")]
    [InlineData("aws;eu-west-9;FR;Lyon;3.1;2024;", "line 4: pue: '3.1'")]
    [InlineData("aws;eu-west-9;FR;Lyon;1.1;;", "line 4: pueYear: a PUE and its year go together")]
    [InlineData("aws;eu-west-9;FR;Lyon;;2024;", "line 4: pueYear: a PUE and its year go together")]
    [InlineData("aws;eu-west-9;FR;Lyon;;;-1", "line 4: wueLitresPerKilowattHour: '-1' is not a number from 0 to 10")]
    [InlineData("aws;eu-west-9;FRA;Lyon;;;", "line 4: country: 'FRA' is not 2 capital letters")]
    [InlineData("aws;eu-west-9;FR;;;;", "line 4: place: nothing there")]
    [InlineData("ibm;eu-de;DE;Frankfurt;;;", "line 4: provider: 'ibm' has no row 'fleet' before it")]
    [InlineData("aws;EU-Central-1;DE;Frankfurt;;;", "line 4: region: 'aws:EU-Central-1' is there twice")]
    [InlineData("aws;fleet;;AWS;1.2;2025;", "line 4: provider: 'aws' is there twice")]
    [InlineData("ibm;fleet;US;IBM;1.2;2025;", "line 4: country: a fleet has no country")]
    public void Parse_BadRow_NamesTheLine_L7(string row, string expected)
    {
        string text = $"{CloudRegionTable.Header}\n{Fleet}\n{Frankfurt}\n{row}\nend;3\n";
        FormatException error = Assert.Throws<FormatException>(() => CloudRegionTable.Parse(text));
        Assert.Contains($"{CloudRegionTable.Resource}, {expected}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AnyMutation_IsRefusedOrWhole() => TableMutations.Of(_shipped).Sample(text =>
    {
        try
        {
            IReadOnlyList<CloudRegion> regions = CloudRegionTable.Parse(text).Regions;
            Assert.InRange(regions.Count, CloudRegion.All.Count - 1, CloudRegion.All.Count + 1); // A region and a fleet are one letter apart.
            Assert.All(regions, AssertInvariants);
        }
        catch (FormatException error)
        {
            Assert.StartsWith($"{CloudRegionTable.Resource}, line ", error.Message, StringComparison.Ordinal);
        }
    });

    private static void AssertInvariants(CloudRegion region)
    {
        Assert.Equal(2, region.Country.Length);
        Assert.All([region.Provider, region.Name, region.Place, region.PueSource], text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.InRange(region.Pue, CloudRegionTable.LowestPue, CloudRegionTable.HighestPue);
        Assert.True(region.WueLitresPerKilowattHour is null or (>= 0 and <= CloudRegionTable.HighestWue));
    }
}
