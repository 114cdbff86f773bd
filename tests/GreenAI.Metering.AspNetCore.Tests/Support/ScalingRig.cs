using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.AspNetCore.Tests.Support;

/// <summary>A running meter on a fake clock with a board whose utilisation a test sets, and the endpoint that gives its signals.</summary>
internal sealed class ScalingRig : IDisposable
{
    private readonly AutoscalingEndpoint _endpoint;

    public ScalingRig(FakeTimeProvider? time = null, GreenAIMeteringOptions? options = null, BudgetPolicy? policy = null, AutoscalingOptions? scaling = null, FakeTimeProvider? callers = null)
    {
        Time = time ?? new FakeTimeProvider(new DateTimeOffset(2026, 11, 10, 0, 0, 0, TimeSpan.Zero));
        Board = new LoadedBoard(Time);
        Meter = new EnergyMeter(options ?? new GreenAIMeteringOptions { Carbon = new CarbonOptions { GramsPerKilowattHour = 400, Source = "test", Pue = 1 } }, new MeterEnvironment
        {
            TimeProvider = Time,
            Sources = [Board],
            ProcessorTimes = Processor,
            Policy = policy,
        });
        Meter.Start();
        _endpoint = new AutoscalingEndpoint(
            Meter, new SharedResult<AutoscalingSnapshot>(() => Task.FromResult(AutoscalingSnapshot.Of(Meter, Time)), TimeSpan.FromSeconds(1), callers ?? Time), scaling ?? new AutoscalingOptions());
    }

    public FakeTimeProvider Time { get; }

    public LoadedBoard Board { get; }

    public FakeProcessorTimes Processor { get; } = new();

    public EnergyMeter Meter { get; }

    public void Run(TimeSpan time, TimeSpan step)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += step) Time.Advance(step);
    }

    /// <summary>Runs an inference that lasts a second.</summary>
    public void Infer(string model)
    {
        InferenceScope scope = Meter.Begin(model);
        Run(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100));
        scope.Complete();
        Run(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100));
    }

    public async Task<(int Status, string Body)> GetAsync(string model, string method = "GET")
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Request.Method = method;
        context.Request.RouteValues["model"] = model;
        context.Response.Body = body;
        await _endpoint.HandleAsync(context);
        return (context.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }

    public async Task<JsonElement> SignalsAsync(string model)
    {
        (int status, string body) = await GetAsync(model);
        Assert.True(status == 200, body);
        using JsonDocument answer = JsonDocument.Parse(body);
        return answer.RootElement.GetProperty("signals").Clone();
    }

    public void Dispose() => Meter.Dispose();
}
