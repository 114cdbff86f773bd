using System.Collections.Concurrent;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

public sealed class PipelineCheckTests
{
    [Theory]
    [InlineData(false, true, 1)]
    [InlineData(true, true, 0)]
    [InlineData(false, false, 0)]
    public async Task Start_MarkedEndpointAndNoMetering_IsWarnedOf(bool isMetered, bool isMarked, int warnings)
    {
        var logs = new KeptLogs();
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                if (isMetered) app.UseInferenceMetering();
                RouteHandlerBuilder endpoint = app.MapGet("/predict", () => "7");
                if (isMarked) endpoint.WithInferenceMetering("m");
            },
            services: (services, metering) =>
            {
                services.AddSingleton<ILoggerProvider>(logs);
                metering.AddAspNetCore(options => { });
            });
        Assert.Equal(warnings, logs.Warnings.Count(line => line.Contains("/predict is marked as an inference", StringComparison.Ordinal) || line.Contains("UseInferenceMetering", StringComparison.Ordinal)));
    }

    private sealed class KeptLogs : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Warnings { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Warnings.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
