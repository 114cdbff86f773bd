using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;

namespace GreenAI.Metering.Grid.Tests;

/// <summary>A container with providers as an application registers them, before a loopback server; retries do not wait.</summary>
internal sealed class GridHost : IDisposable
{
    private readonly ServiceProvider _services;

    public GridHost(Func<LoopbackRequest, LoopbackResponse> answer, params string[] cases)
    {
        Server = new LoopbackServer(answer);
        ServiceCollection services = new();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddSingleton<TimeProvider>(new FixedClock(Bodies.Now));
        IGreenAIMeteringBuilder builder = services.AddGreenAIMetering();
        foreach (string name in cases)
        {
            ProviderCase provider = ProviderCase.All[name];
            provider.Register(builder, Server.Address);
            services.Configure<HttpStandardResilienceOptions>($"{provider.HttpClientName}-standard", options =>
            {
                options.Retry.Delay = TimeSpan.Zero;
                // A machine under load is not a source that does not answer.
                options.AttemptTimeout.Timeout = TimeSpan.FromMinutes(2);
                options.TotalRequestTimeout.Timeout = TimeSpan.FromMinutes(5);
                options.CircuitBreaker.SamplingDuration = TimeSpan.FromMinutes(4);
            });
        }

        _services = services.BuildServiceProvider();
    }

    public LoopbackServer Server { get; }

    public LogCollector Logs { get; } = new();

    public IReadOnlyList<ICarbonIntensityProvider> Providers => [.. _services.GetServices<ICarbonIntensityProvider>()];

    /// <summary>Asks the first provider.</summary>
    public ValueTask<CarbonIntensityAnswer> AskAsync() => Providers[0].GetAsync(TestContext.Current.CancellationToken);

    /// <summary>A good login for those who ask for one, else an answer.</summary>
    public static Func<LoopbackRequest, LoopbackResponse> AfterLogin(Func<LoopbackRequest, LoopbackResponse> answer) =>
        request => request.Path == "/login" ? new LoopbackResponse(200, Bodies.WattTimeLogin) : answer(request);

    public void Dispose()
    {
        _services.Dispose();
        Server.Dispose();
    }
}
