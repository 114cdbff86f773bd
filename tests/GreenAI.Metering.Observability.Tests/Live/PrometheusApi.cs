using System.Globalization;
using System.Text.Json;

namespace GreenAI.Metering.Observability.Tests.Live;

/// <summary>Asks a Prometheus.</summary>
internal sealed class PrometheusApi(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>What an expression gives now: samples that are numbers. An error of Prometheus is an error.</summary>
    public async Task<IReadOnlyList<PrometheusSample>> QueryAsync(string expression)
    {
        using var form = new FormUrlEncodedContent([new("query", expression)]);
        using HttpResponseMessage answer = await _http.PostAsync(new Uri("api/v1/query", UriKind.Relative), form, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{expression}\n{text}");
        using JsonDocument json = JsonDocument.Parse(text);
        return
        [
            .. from sample in json.RootElement.GetProperty("data").GetProperty("result").EnumerateArray()
               let value = double.Parse(sample.GetProperty("value")[1].GetString()!.Replace("Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture)
               where !double.IsNaN(value)
               select new PrometheusSample(sample.GetProperty("metric").Deserialize<Dictionary<string, string>>()!, value),
        ];
    }

    /// <summary>The rules as they were last evaluated: name and error, which is empty where there is none.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RuleErrorsAsync()
    {
        using JsonDocument json = JsonDocument.Parse(await _http.GetStringAsync(new Uri("api/v1/rules", UriKind.Relative), TestContext.Current.CancellationToken));
        return json.RootElement.GetProperty("data").GetProperty("groups").EnumerateArray().SelectMany(static group => group.GetProperty("rules").EnumerateArray())
            .Where(static rule => rule.GetProperty("health").GetString() != "unknown")
            .ToDictionary(
                static rule => rule.GetProperty("name").GetString()!,
                static rule => rule.TryGetProperty("lastError", out JsonElement error) ? error.GetString()! : "");
    }

    public void Dispose() => _http.Dispose();
}
