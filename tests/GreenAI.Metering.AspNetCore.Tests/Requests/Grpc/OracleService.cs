using global::Grpc.Core;

namespace GreenAI.Metering.AspNetCore.Tests.Requests.Grpc;

/// <summary>A gRPC service whose question says how the call ends.</summary>
[InferenceMetering("oracle")]
internal sealed class OracleService : Oracle.OracleBase
{
    public override Task<Answer> Ask(Question request, ServerCallContext context) => request.Text switch
    {
        "throw" => throw new InvalidDataException("on purpose"),
        "invalid" => throw new RpcException(new Status(StatusCode.InvalidArgument, "on purpose")),
        "cancelled" => throw new RpcException(new Status(StatusCode.Cancelled, "on purpose")),
        _ => Task.FromResult(new Answer { Text = context.GetHttpContext().Features.Get<IInferenceFeature>()!.Model }),
    };

    [InferenceMetering("teller", EstimateJoules = 10)]
    public override async Task Tell(Question request, IServerStreamWriter<Answer> responseStream, ServerCallContext context)
    {
        for (int i = 0; i < 3; i++) await responseStream.WriteAsync(new Answer { Text = i.ToString(System.Globalization.CultureInfo.InvariantCulture) }, context.CancellationToken);
        if (request.Text == "throw") throw new InvalidDataException("on purpose");
        if (request.Text == "hang") await Task.Delay(Timeout.Infinite, context.CancellationToken);
    }
}
