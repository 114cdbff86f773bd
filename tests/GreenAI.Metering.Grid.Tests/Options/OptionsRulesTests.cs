namespace GreenAI.Metering.Grid.Tests.Options;

public class OptionsRulesTests
{
    private const string Section = "S";

    [Fact]
    public void Check_ElectricityMapsDefaults_KeyAndZoneAreMissing() => Assert.Equal(
        [
            "S:ApiKey is not set; give it by an environment variable or a secret store.",
            "S:Zone is not set; it must name where the electricity is used, such as DE or US-CAL-CISO. There is no default, and nothing guesses it.",
        ],
        ElectricityMapsOptionsRules.Check(new ElectricityMapsOptions(), Section));

    [Fact]
    public void Check_ElectricityMapsOutOfRange_NamesKeyValueAndRange() => Assert.Equal(
        [
            "S:ApiKey is not valid (its value is not shown); it must have from 1 to 1024 visible ASCII characters.",
            "S:Zone is ' DE'; it must have from 1 to 64 characters without control characters or spaces around it, such as DE or US-CAL-CISO.",
            "S:Boundary is '7'; it must be one of Lifecycle, Direct.",
            "S:Granularity is '-1'; it must be one of Hourly, FifteenMinutes, FiveMinutes.",
            "S:MaxAge is 00:04:59; it must be from 00:05:00 to 1.00:00:00 (default 02:00:00).",
            "S:Timeout is 00:10:01; it must be from 00:00:01 to 00:10:00 (default 00:01:00).",
            "S:BaseAddress is 'http://grid.example/'; it must be https, because requests carry credentials (default https://api.electricitymaps.com).",
        ],
        ElectricityMapsOptionsRules.Check(
            new ElectricityMapsOptions
            {
                ApiKey = "with\nline",
                Zone = " DE",
                Boundary = (CarbonBoundary)7,
                Granularity = (ElectricityMapsGranularity)(-1),
                MaxAge = TimeSpan.FromSeconds(299),
                Timeout = TimeSpan.FromSeconds(601),
                BaseAddress = new Uri("http://grid.example/"),
            },
            Section));

    [Theory]
    [InlineData(null, "S:BaseAddress is not set; it must be an absolute http or https address (such as http://carbon-aware-sdk:8080).")]
    [InlineData("relative", "S:BaseAddress is 'relative'; it must be an absolute http or https address (such as http://carbon-aware-sdk:8080).")]
    [InlineData("ftp://host", "S:BaseAddress is 'ftp://host'; it must be an absolute http or https address (such as http://carbon-aware-sdk:8080).")]
    [InlineData("http://u:p@host", "S:BaseAddress has a user, a query or a fragment (not shown); it must be an address and a path only (such as http://carbon-aware-sdk:8080).")]
    [InlineData("user:p@host", "S:BaseAddress has a user, a query or a fragment (not shown); it must be an address and a path only (such as http://carbon-aware-sdk:8080).")]
    [InlineData("http://host?key=1", "S:BaseAddress has a user, a query or a fragment (not shown); it must be an address and a path only (such as http://carbon-aware-sdk:8080).")]
    public void Check_CarbonAwareSdkAddress_NamesKeyAndValue(string? address, string message) => Assert.Equal(
        [message],
        CarbonAwareSdkOptionsRules.Check(
            new CarbonAwareSdkOptions
            {
                BaseAddress = address is null ? null : new Uri(address, UriKind.RelativeOrAbsolute),
                Location = "eastus",
                Signal = CarbonSignal.Average,
                Boundary = CarbonBoundary.Direct,
            },
            Section));

    [Fact]
    public void Check_CarbonAwareSdkDefaults_KindMustBeDeclared() => Assert.Equal(
        [
            "S:BaseAddress is not set; it must be an absolute http or https address (such as http://carbon-aware-sdk:8080).",
            "S:Location is not set; it must name where the electricity is used, such as eastus. There is no default, and nothing guesses it.",
            "S:Signal is not set; it must be one of Average, Marginal.",
            "S:Boundary is not set; it must be one of Lifecycle, Direct.",
        ],
        CarbonAwareSdkOptionsRules.Check(new CarbonAwareSdkOptions(), Section));

    [Fact]
    public void Check_WattTimeDefaults_EverythingOfTheAccountIsMissing() => Assert.Equal(
        [
            "S:UserName is not set; give it by an environment variable or a secret store.",
            "S:Password is not set; give it by an environment variable or a secret store.",
            "S:Region is not set; it must name where the electricity is used, such as CAISO_NORTH. There is no default, and nothing guesses it.",
            "S:Signal is not set; it must be one of Average, Marginal.",
        ],
        WattTimeOptionsRules.Check(new WattTimeOptions(), Section));

    [Fact]
    public void Check_WattTimeUserWithColon_DoesNotShowIt()
    {
        WattTimeOptions options = new();
        ProviderCase.Set(options, new Uri("https://api.watttime.org"));
        options.UserName = "a:b";

        Assert.Equal(["S:UserName has a colon (its value is not shown), which HTTP Basic does not allow."], WattTimeOptionsRules.Check(options, Section));
    }

    [Theory]
    [InlineData("RG10", true)]
    [InlineData("SW1A", true)]
    [InlineData("M1", true)]
    [InlineData("rg10", false)]
    [InlineData("RG10 9NY", false)]
    [InlineData("", false)]
    [InlineData("RG10\n", false)]
    [InlineData("../x", false)]
    public void Check_Postcode_IsOutwardOnly(string postcode, bool valid)
    {
        string[] failures = [.. UkCarbonIntensityOptionsRules.Check(new UkCarbonIntensityOptions { Postcode = postcode }, Section)];

        Assert.Equal(valid ? 0 : 1, failures.Length);
        if (!valid) Assert.StartsWith($"S:Postcode is '{postcode.Replace('\n', '?')}'; it must be the outward part of a British postcode in capitals", failures[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_WrongOptions_ThrowsTheSameMessages()
    {
        using HttpClient client = new();

        ArgumentException thrown = Assert.Throws<ArgumentException>(() => new ElectricityMapsProvider(client, new ElectricityMapsOptions { ApiKey = Secrets.Key }, TimeProvider.System));

        Assert.StartsWith("GreenAI:Carbon:ElectricityMaps:Zone is not set;", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secrets.Key, thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_OptionsChangeAfterwards_ProviderDoesNot()
    {
        using HttpClient client = new();
        ElectricityMapsOptions options = new();
        ProviderCase.Set(options, new Uri("https://grid.example"));
        ElectricityMapsProvider provider = new(client, options, TimeProvider.System);
        options.Boundary = CarbonBoundary.Direct;

        Assert.Equal(CarbonBoundary.Lifecycle, provider.Kind.Boundary);
    }

    [Fact]
    public void Defaults_AreTheDocumentedOnes()
    {
        Assert.Equal(
            (CarbonBoundary.Lifecycle, ElectricityMapsGranularity.Hourly, TimeSpan.FromHours(2), TimeSpan.FromMinutes(1), "https://api.electricitymaps.com/"),
            new ElectricityMapsOptions() is var maps ? (maps.Boundary, maps.Granularity, maps.MaxAge, maps.Timeout, maps.BaseAddress!.AbsoluteUri) : default);
        Assert.Equal(
            (null, TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), "https://api.carbonintensity.org.uk/"),
            new UkCarbonIntensityOptions() is var uk ? (uk.Postcode, uk.MaxAge, uk.Timeout, uk.BaseAddress!.AbsoluteUri) : default);
        Assert.Equal(
            (TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), "https://api.watttime.org/"),
            new WattTimeOptions() is var wattTime ? (wattTime.MaxAge, wattTime.Timeout, wattTime.BaseAddress!.AbsoluteUri) : default);
        Assert.Equal(
            (TimeSpan.FromHours(2), TimeSpan.FromMinutes(1)),
            new CarbonAwareSdkOptions() is var sdk ? (sdk.MaxAge, sdk.Timeout) : default);
    }
}
