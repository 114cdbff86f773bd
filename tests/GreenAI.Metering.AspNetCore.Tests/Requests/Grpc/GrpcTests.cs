using global::Grpc.Core;
using global::Grpc.Net.Client;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GreenAI.Metering.AspNetCore.Tests.Requests.Grpc;

public sealed class GrpcTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("hello", StatusCode.OK, 1, 0, 0)]
    [InlineData("throw", StatusCode.Unknown, 0, 1, 0)]
    [InlineData("invalid", StatusCode.InvalidArgument, 0, 1, 0)]
    [InlineData("cancelled", StatusCode.Cancelled, 0, 0, 1)]
    public async Task Unary_CountsByItsGrpcStatus(string question, StatusCode status, long succeeded, long failed, long abandoned)
    {
        await using WebRig rig = await StartAsync();
        using GrpcChannel channel = GrpcChannel.ForAddress(rig.Client.BaseAddress!);
        StatusCode answered = StatusCode.OK;
        try
        {
            Assert.Equal("oracle", (await new Oracle.OracleClient(channel).AskAsync(new Question { Text = question }, cancellationToken: Token)).Text);
        }
        catch (RpcException exception)
        {
            answered = exception.StatusCode;
        }

        Assert.Equal(status, answered);
        Assert.Equal((succeeded, failed, abandoned), (await rig.SettledAsync(1)).Outcomes("oracle"));
    }

    [Theory]
    [InlineData("hello", 1, 0, 0)]
    [InlineData("throw", 0, 1, 0)]
    [InlineData("hang", 0, 0, 1)]
    public async Task Streaming_CountsByItsGrpcStatus_OrByItsCallerWhoGoes(string question, long succeeded, long failed, long abandoned)
    {
        await using WebRig rig = await StartAsync();
        using GrpcChannel channel = GrpcChannel.ForAddress(rig.Client.BaseAddress!);
        using (AsyncServerStreamingCall<Answer> call = new Oracle.OracleClient(channel).Tell(new Question { Text = question }, cancellationToken: Token))
        {
            for (int i = 0; i < 3; i++) Assert.True(await call.ResponseStream.MoveNext(Token));
            if (question == "hello") Assert.False(await call.ResponseStream.MoveNext(Token));
            if (question == "throw") await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Token));
        }

        Assert.Equal((succeeded, failed, abandoned), (await rig.SettledAsync(1)).Outcomes("teller"));
    }

    [Fact]
    public async Task Refusal_IsAStatusOfGrpc_WithWhenToTryAgain()
    {
        await using WebRig rig = await StartAsync(Policies.Joules(1, Policies.Deny()));
        using GrpcChannel channel = GrpcChannel.ForAddress(rig.Client.BaseAddress!);
        using AsyncServerStreamingCall<Answer> call = new Oracle.OracleClient(channel).Tell(new Question(), cancellationToken: Token);
        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Token));
        Assert.Equal((StatusCode.ResourceExhausted, "joules does not allow this request at present."), (refused.StatusCode, refused.Status.Detail));
        await rig.SettledAsync(0);
    }

    private static Task<WebRig> StartAsync(BudgetPolicy? policy = null) => WebRig.StartAsync(
        app =>
        {
            app.UseInferenceMetering();
            app.MapGrpcService<OracleService>();
        },
        services: (services, _) =>
        {
            services.AddGrpc();
            // First of all: the defaults hold for what listens after them.
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<KestrelServerOptions>>(
                new ConfigureOptions<KestrelServerOptions>(server => server.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2))));
        },
        policy: policy);
}
