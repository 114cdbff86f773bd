#pragma warning disable GAIM0001
namespace GreenAI.Metering.AspNetCore.Tests.Exposure;

public sealed class SustainabilityRulesTests
{
    [Fact]
    public void Options_ThatCannotBePublished_AreRefusedWithNameValueAndRule()
    {
        Refused(options => options.Provider = " ", "SustainabilityData:Provider is empty; it must be a text.");
        Refused(options => options.Target = new string('x', 2049), "SustainabilityData:Target is 2049 characters long; it must have at most 2048.");
        Refused(options => options.MethodologyUri = null, "SustainabilityData:MethodologyUri is not set; it must be an absolute https address.");
        Refused(options => options.MethodologyUri = new Uri("http://example.org/"), "SustainabilityData:MethodologyUri is 'http://example.org/'; it must be an absolute https address.");
        Refused(options => options.DisclosureUri = new Uri("/x", UriKind.Relative), "SustainabilityData:DisclosureUri is '/x'; it must be an absolute https address.");
        Refused(options => options.Capabilities = "full", "SustainabilityData:Capabilities is 'full'; it must be one of basic, extended.");
        Refused(options => options.TargetType = "planet", "SustainabilityData:TargetType is 'planet'; it must be one of origin, path, organization, service, product, device, tenant, data-source.");
        Refused(options => options.Noise = 0.06, "SustainabilityData:Noise is 0.06; it must be from 0 to 0.05.");
        Refused(options => options.Extensions["pue"] = 1, "SustainabilityData:Extensions is 'pue'; it must be a reverse domain name of at least three parts, such as com.example.pue.");
        Refused(options => options.Extensions["com.example.pue"] = double.NaN, "SustainabilityData:Extensions:com.example.pue is NaN; it must be finite.");
        Refused(
            options => (options.PublishMeteredFigures, options.Figures) = (true, () => null),
            "SustainabilityData:Figures is set, and so is PublishMeteredFigures; it can only be one of them.");
    }

    [Theory]
    [InlineData("2025", true)]
    [InlineData("2026", false)]
    [InlineData("2026-10", true)]
    [InlineData("2026-11", false)]
    [InlineData("2026-11-28", true)]
    [InlineData("2026-11-29", false)]
    [InlineData("2026-11-28T10", false)]
    [InlineData("2026-W47", false)]
    [InlineData("10:00", false)]
    [InlineData("2026-02-30", false)]
    [InlineData("", false)]
    public void Period_IsAYearMonthOrDayThatIsOver(string period, bool allowed)
    {
        Exception? exception = Record.Exception(() => SustainabilityRules.ThrowIfInvalid(new SustainabilityFigures { ReportingPeriod = period }, new DateOnly(2026, 11, 29)));
        Assert.Equal(allowed, exception is null);
    }

    [Fact]
    public void Figures_ThatContradict_AreRefused()
    {
        var figures = new SustainabilityFigures { ReportingPeriod = "2025" };
        foreach (SustainabilityFigures wrong in new[]
        {
            figures with { Accounting = CarbonMethod.Consequential },
            figures with { SciScore = 1 },
            figures with { SciScore = double.NaN, FunctionalUnit = "inference" },
            figures with { RenewablePercent = 100.1 },
        })
            Assert.Throws<InvalidOperationException>(() => SustainabilityRules.ThrowIfInvalid(wrong, new DateOnly(2026, 11, 29)));
    }

    private static void Refused(Action<SustainabilityDataOptions> spoil, string message)
    {
        var options = new SustainabilityDataOptions();
        SustainabilityDataTests.Valid(spoil)(options);
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => SustainabilityRules.ThrowIfInvalid(options)).Message);
    }
}
