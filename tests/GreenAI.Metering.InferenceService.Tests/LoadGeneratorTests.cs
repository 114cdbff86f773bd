using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace GreenAI.Metering.Samples.InferenceService.Tests;

public sealed class LoadGeneratorTests
{
    [Fact]
    public async Task RunAsync_Streams_CountsAnswersByPath()
    {
        int served = 0;
        List<string> tenants = [];
        await using LoopbackServer server = await LoopbackServer.StartAsync(context =>
        {
            lock (tenants) tenants.Add(context.Request.Headers[LoadGenerator.TenantHeader].ToString());
            context.Response.StatusCode = Interlocked.Increment(ref served) % 2 == 0 ? 429 : 200;
            return context.Response.WriteAsync("{}");
        });
        int left = 20;
        using CancellationTokenSource stop = new();
        using LoadGenerator load = new(
            server.Address,
            [
                LoadStream.WithoutPause(_ =>
                {
                    if (left-- > 0) return new LoadRequest("/a", "{}"u8.ToArray(), "acme");
                    stop.Cancel();
                    return null;
                }),
            ],
            TimeProvider.System);

        await load.RunAsync(stop.Token);

        Assert.Equal(20, load.Requests);
        LoadTally tally = Assert.Single(load.Paths).Value;
        Assert.Equal([new("200", 10), new("429", 10)], tally.Answers.OrderBy(answer => answer.Key, StringComparer.Ordinal));
        Assert.Equal(20, tally.Latency.Count);
        Assert.All(tenants, tenant => Assert.Equal("acme", tenant));
    }

    [Fact]
    public async Task RunAsync_CallerHangsUp_TheServiceSeesItGo()
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("first\n");
            await context.Response.Body.FlushAsync();
            using CancellationTokenRegistration seen = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        });
        using CancellationTokenSource stop = new();
        using LoadGenerator load = new(server.Address, [LoadStream.WithoutPause(_ => new LoadRequest("/stream", [], HangsUp: true))], TimeProvider.System);

        Task running = load.RunAsync(stop.Token);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await running;

        Assert.Contains(load.Paths["/stream"].Answers, answer => answer.Key == LoadGenerator.HungUp);
    }

    [Fact]
    public async Task LoadCommand_AServiceThatAnswers_PrintsThroughputAndExitsWithZero()
    {
        int asked = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            // By then each path has had its answer, however slow the machine is.
            if (Interlocked.Increment(ref asked) == 200) await stop.CancelAsync();
            await context.Response.WriteAsync("{}", context.RequestAborted);
        });
        StringWriter output = new();

        int exitCode = await LoadCommand.RunAsync(server.Address, TimeSpan.FromMinutes(5), connections: 2, SampleConsole.Plain(output), stop.Token);

        Assert.Equal(0, exitCode);
        Assert.Matches(@"(?m)^[\d,]+ requests in [\d.]+ s: [\d.,]+ a second\. Answers: [\d,]+ × 200\.", output.ToString());
        Assert.Matches(@"│ /predict/digits-lr +│ +[\d,]+ │ +[\d.,]+ │ +\d+\.\d\d │ +\d+\.\d\d │ +\d+\.\d\d │", output.ToString());
    }

    [Fact]
    public async Task LoadCommand_NobodyAnswers_SaysSoAndExitsWithOne()
    {
        Uri nobody;
        await using (LoopbackServer server = await LoopbackServer.StartAsync(_ => Task.CompletedTask)) nobody = server.Address;
        StringWriter output = new();

        int exitCode = await LoadCommand.RunAsync(
            nobody, TimeSpan.FromSeconds(3), connections: 1, SampleConsole.Plain(output), TestContext.Current.CancellationToken);

        Assert.Equal(1, exitCode);
        Assert.True(Regex.IsMatch(output.ToString(), "Answers: [0-9]+ × ConnectionError"), output.ToString());
    }
}
