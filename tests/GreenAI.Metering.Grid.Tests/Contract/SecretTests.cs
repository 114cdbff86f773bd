using System.Text.Json;

namespace GreenAI.Metering.Grid.Tests.Contract;

/// <summary>No key, password or token in logs, reasons or texts.</summary>
public class SecretTests
{
    public static MatrixTheoryData<string, int> Cases => new(["electricity-maps", "watttime"], [200, 302, 401, 403, 404, 429, 500]);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task GetAsync_EverythingLogged_HasNoSecret(string name, int status)
    {
        // The source repeats what it was sent, as error pages do.
        using GridHost host = new(
            GridHost.AfterLogin(request => new LoopbackResponse(status, JsonSerializer.Serialize(request.Headers)) { Headers = [$"Location: /{Secrets.Key}"] }), name);

        CarbonIntensityAnswer answer = await host.AskAsync();
        host.Server.Dispose();
        CarbonIntensityAnswer unreachable = await host.AskAsync();

        Assert.Equal(CarbonGap.Unreachable, unreachable.Gap);
        Assert.True(host.Logs.Lines.Count > 5, "the HTTP client logs at Trace");
        foreach (string secret in Secrets.All)
        {
            Assert.All(host.Logs.Lines, line => Assert.DoesNotContain(secret, line, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, answer.Reason, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, unreachable.Reason, StringComparison.Ordinal);
            Assert.All(host.Providers, provider => Assert.DoesNotContain(secret, provider.ToString(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Options_ToString_HasNoSecret()
    {
        ElectricityMapsOptions maps = new();
        ProviderCase.Set(maps, new Uri("https://grid.example"));
        WattTimeOptions wattTime = new();
        ProviderCase.Set(wattTime, new Uri("https://grid.example"));

        Assert.All(Secrets.All, secret => Assert.DoesNotContain(secret, $"{maps} {wattTime}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GetAsync_HandlerThatQuotesTheRequest_IsNotQuoted()
    {
        ICarbonIntensityProvider provider = ProviderCase.All["electricity-maps"].Over(
            new StubHandler(request => throw new InvalidOperationException($"cannot send {request}")));

        CarbonIntensityAnswer answer = await provider.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Electricity Maps could not be reached (InvalidOperationException).", answer.Reason);
    }
}
