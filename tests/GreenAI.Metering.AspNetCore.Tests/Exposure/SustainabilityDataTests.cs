#pragma warning disable GAIM0001
using System.Net;
using System.Text.Json;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.AspNetCore.Tests.Exposure;

public sealed class SustainabilityDataTests
{
    private const string Path = "/.well-known/sustainability-data";

    private static readonly DateTimeOffset _now = new(2026, 11, 29, 21, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Get_WithoutFigures_HasTheMandatoryMembersAndNoOther()
    {
        await using WebRig rig = await StartAsync(_ => { });
        using HttpResponseMessage response = await rig.Client.GetAsync(Path, TestContext.Current.CancellationToken);
        Assert.Equal("application/sustainability-data+json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        JsonElement document = await ReadAsync(response);
        Assert.Equal(
            ["version", "updated", "capabilities", "provider", "measurement-method", "methodology-uri", "reporting-period", "target"],
            document.EnumerateObject().Select(member => member.Name));
        Assert.Equal("2026-11-28", document.GetProperty("reporting-period").GetString());
        Assert.Equal("2026-11-29T00:00:00Z", document.GetProperty("updated").GetString());
        Assert.Equal("hardware-metered", document.GetProperty("measurement-method").GetString());
    }

    [Fact]
    public async Task Get_WithFigures_ReportsThemRoundedAndLeavesOutWhatIsNull()
    {
        await using WebRig rig = await StartAsync(options =>
        {
            options.TargetType = "service";
            options.Capabilities = "extended";
            options.Extensions["com.example.pue"] = 1.2;
            options.Figures = () => new SustainabilityFigures
            {
                ReportingPeriod = "2026-10",
                Energy = Energy.FromKilowattHours(1234.5),
                Scope2 = CarbonMass.FromKilograms(456.78),
                CarbonFootprint = CarbonMass.FromKilograms(456.78),
                Accounting = CarbonMethod.MarketBased,
                SciScore = 0.01234,
                FunctionalUnit = "inference",
                RenewablePercent = 90,
            };
        });
        JsonElement document = await ReadAsync(await rig.Client.GetAsync(Path, TestContext.Current.CancellationToken));
        Assert.Equal(("2026-10", "market-based", "kWh", "gCO2e"), (Text("reporting-period"), Text("carbon-accounting"), Text("energy-unit"), Text("carbon-unit")));
        Assert.Equal((1230d, 457_000d, 0.0123), (Number("energy-consumption"), Number("scope-2"), Number("sci-score")));
        Assert.Equal((90d, 1.2, "inference"), (Number("renewable-energy"), Number("com.example.pue"), Text("functional-unit")));
        Assert.DoesNotContain(document.EnumerateObject(), member => member.Value.ValueKind == JsonValueKind.Null);
        Assert.False(document.TryGetProperty("scope-1", out _));

        string? Text(string name) => document.GetProperty(name).GetString();
        double Number(string name) => document.GetProperty(name).GetDouble();
    }

    [Fact]
    public async Task Get_WithNoise_MovesAllFiguresAlikeAndTheSameEachTime()
    {
        var time = new FakeTimeProvider(_now);
        await using WebRig rig = await StartAsync(
            options =>
            {
                options.Noise = 0.05;
                options.Figures = () => new SustainabilityFigures { ReportingPeriod = "2026-10", Energy = Energy.FromKilowattHours(500), Scope2 = CarbonMass.FromGrams(500) };
            },
            time);
        JsonElement first = await ReadAsync(await rig.Client.GetAsync(Path, TestContext.Current.CancellationToken));
        time.Advance(TimeSpan.FromMinutes(2));
        JsonElement second = await ReadAsync(await rig.Client.GetAsync(Path, TestContext.Current.CancellationToken));
        double energy = first.GetProperty("energy-consumption").GetDouble();
        Assert.Equal(energy, second.GetProperty("energy-consumption").GetDouble());
        Assert.Equal(energy, first.GetProperty("scope-2").GetDouble());
        Assert.InRange(energy, 475, 525);
    }

    [Fact]
    public async Task Head_HasTheHeadersAndNoBody_AndOtherMethodsAreRefused()
    {
        await using WebRig rig = await StartAsync(_ => { });
        using HttpResponseMessage head = await rig.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path), TestContext.Current.CancellationToken);
        Assert.Equal("application/sustainability-data+json", head.Content.Headers.ContentType!.ToString());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using HttpResponseMessage post = await rig.Client.PostAsync(Path, null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
    }

    [Fact]
    public async Task Get_ByPlainHttp_IsRefusedUnlessTheHostAllowsIt()
    {
        await using WebRig rig = await StartAsync(options => options.RequireHttps = true);
        using HttpResponseMessage response = await rig.Client.GetAsync(Path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("UseForwardedHeaders", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    internal static Action<SustainabilityDataOptions> Valid(Action<SustainabilityDataOptions> configure) => options =>
    {
        options.Provider = "Example";
        options.Target = "https://example.org";
        options.MethodologyUri = new Uri("https://example.org/method");
        options.RequireHttps = false;
        configure(options);
    };

    private static Task<WebRig> StartAsync(Action<SustainabilityDataOptions> configure, TimeProvider? time = null) => WebRig.StartAsync(
        app => app.MapSustainabilityData(Valid(configure)),
        (services, _) => services.AddSingleton(time ?? new FakeTimeProvider(_now)));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, body);
        using JsonDocument document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }
}
