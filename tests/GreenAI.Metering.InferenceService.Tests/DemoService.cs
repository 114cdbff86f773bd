namespace GreenAI.Metering.Samples.InferenceService.Tests;

/// <summary>A demonstration of some seconds that goes on serving, for all tests that ask it something.</summary>
public sealed class DemoService : IAsyncLifetime
{
    private const string Seconds = "6";

    private SampleProcess? _process;

    /// <summary>What the demonstration printed.</summary>
    public string Output => _process!.Output;

    public HttpClient Client { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _process = new SampleProcess(["--demo", "--keep", "--seconds", Seconds, "--urls", "http://127.0.0.1:0"]);
        string page = (await _process.WaitForAsync(@"^The page: +(http://127\.0\.0\.1:\d+/)greenai$")).Groups[1].Value;
        Client.BaseAddress = new Uri(page);
        await _process.WaitForAsync("^Where to look: ");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_process is not null) await _process.DisposeAsync();
    }
}
