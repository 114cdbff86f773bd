using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace GreenAI.Metering.Samples.InferenceService.Tests;

[Collection<DemoCollection>]
public sealed class EndpointTests(DemoService service)
{
    private static readonly DigitSet _pictures = DigitsCsv.LoadEmbedded();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predict_OnePicture_TellsTheDigit()
    {
        PredictResponse answer = await PredictAsync("predict", new { pixels = Picture(5) });

        Assert.Equal((DigitModels.Standard, false), (answer.Model, answer.Degraded));
        DigitPrediction prediction = Assert.Single(answer.Predictions);
        Assert.Equal(_pictures.Labels[5], prediction.Digit);
        Assert.InRange(prediction.Probability, 0.3f, 1f);
    }

    [Theory]
    [InlineData(DigitModels.Small)]
    [InlineData(DigitModels.Standard)]
    public async Task Predict_Batch_IsAnsweredInItsOrder(string model)
    {
        PredictResponse answer = await PredictAsync($"predict/{model}", new { pictures = Enumerable.Range(0, 200).Select(Picture) });

        Assert.Equal(model, answer.Model);
        Assert.Equal(200, answer.Predictions.Count);
        Assert.InRange(answer.Predictions.Where((prediction, i) => prediction.Digit == _pictures.Labels[i]).Count(), 185, 200);
    }

    [Fact]
    public async Task Stream_Batch_IsALineForEachPicture()
    {
        using HttpResponseMessage response = await service.Client.PostAsJsonAsync("predict/stream", new { pictures = Enumerable.Range(0, 40).Select(Picture) }, Cancellation);

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        string[] lines = (await response.Content.ReadAsStringAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        DigitPrediction[] predictions = [.. lines.Select(line => JsonSerializer.Deserialize<DigitPrediction>(line, JsonSerializerOptions.Web))];
        Assert.Equal(40, predictions.Length);
        Assert.InRange(predictions.Where((prediction, i) => prediction.Digit == _pictures.Labels[i]).Count(), 36, 40);
    }

    [Fact]
    public async Task Compare_Batch_IsAnsweredByEachModel()
    {
        using HttpResponseMessage response = await service.Client.PostAsJsonAsync("compare", new { pictures = Enumerable.Range(0, 30).Select(Picture) }, Cancellation);
        CompareResponse answer = (await response.Content.ReadFromJsonAsync<CompareResponse>(Cancellation))!;

        Assert.Superset(new HashSet<string> { DigitModels.Small, DigitModels.Standard }, answer.Answers.Select(one => one.Model).ToHashSet());
        Assert.All(answer.Answers, one => Assert.Equal(30, one.Predictions.Count));
        Assert.InRange(answer.Agreed, 25, 30);
    }

    [Fact]
    public async Task Carbon_IsToldByTheOneEndpointThatOptsIn()
    {
        foreach (string path in (string[])["predict", "predict/digits-mlp", "predict/urgent", "predict/stream", "compare"])
        {
            using HttpResponseMessage response = await service.Client.PostAsJsonAsync(path, new { pixels = Picture(1) }, Cancellation);

            bool tells = path == "predict";
            Assert.Equal(tells, response.Headers.TryGetValues(CarbonHeaders.Request, out IEnumerable<string>? grams));
            Assert.Equal(tells, response.Headers.Contains(CarbonHeaders.ServerTiming));
            if (tells) Assert.InRange(CarbonHeaders.Grams(grams!)!.Value, double.Epsilon, 1);
        }
    }

    [Theory]
    [InlineData("{}", "Give either pixels")]
    [InlineData("""{"pixels":[],"pictures":[]}""", "Give either pixels")]
    [InlineData("""{"pixels":[1,2,3]}""", "A picture is 64 numbers; this one is 3.")]
    [InlineData("""{"pictures":[]}""", "There must be 1 to 1024 pictures; there are 0.")]
    [InlineData("""{"pictures":[null]}""", "A picture is 64 numbers; this one is 0.")]
    public async Task Predict_InvalidInput_Is400WithWhatIsWrong(string body, string reason)
    {
        foreach (string path in (string[])["predict", "predict/digits-lr", "predict/stream", "compare"])
        {
            using HttpResponseMessage response = await PostAsync(path, body);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Contains(reason, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("""{"pixels":"text"}""")]
    public async Task Predict_NotJson_Is400Problem(string body)
    {
        using HttpResponseMessage response = await PostAsync("predict", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private static float[] Picture(int row) => [.. _pictures.Row(row).ToArray().Select(pixel => pixel * 16)];

    private async Task<PredictResponse> PredictAsync(string path, object request)
    {
        using HttpResponseMessage response = await service.Client.PostAsJsonAsync(path, request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<PredictResponse>(Cancellation))!;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        return await service.Client.PostAsync(path, content, Cancellation);
    }
}
