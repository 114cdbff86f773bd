using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace GreenAI.Metering.AspNetCore.Tests.Admission;

/// <summary>A refusal of gRPC is told in the form that was asked for, where that is one: not all that servers let in can be sent back.</summary>
public sealed class GrpcRefusalTests
{
    [Theory]
    [InlineData("application/grpc", "application/grpc")]
    [InlineData("application/grpc+proto; charset=utf-8", "application/grpc+proto")]
    [InlineData("APPLICATION/GRPC-WEB-TEXT", "APPLICATION/GRPC-WEB-TEXT")]
    [InlineData("application/grpc\u0001", "application/grpc")]
    [InlineData("application/grpc+pr\tto", "application/grpc")]
    [InlineData("application/grpc+é", "application/grpc")]
    [InlineData("application/grpc\r\nContent-Type: application/json", "application/grpc")]
    public async Task Refusal_AnswersInAFormThatCanBeSent(string asked, string answered)
    {
        await using WebRig rig = await WebRig.StartAsync(
            app =>
            {
                app.UseInferenceMetering();
                app.MapGet("/", () => "ran").WithInferenceMetering("m", options => options.Estimate = Energy.FromJoules(10));
            },
            policy: Policies.Joules(1, Policies.Deny()));
        string answer = await RawRequest.AskAsync(rig, "GET / HTTP/1.1", $"Content-Type: {asked}");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nContent-Type: {answered}\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\ngrpc-status: 8\r\n", answer, StringComparison.OrdinalIgnoreCase);
    }
}
