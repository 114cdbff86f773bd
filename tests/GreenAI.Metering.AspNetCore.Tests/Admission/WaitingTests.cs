using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GreenAI.Metering.AspNetCore.Tests.Admission;

public sealed class WaitingTests
{
    private static readonly Endpoint _endpoint = new(null, new EndpointMetadataCollection(new InferenceMeteringAttribute("m")), "e");

    [Fact]
    public async Task Waiting_EndsWhenTheCallerGoes_AndOnlySoManyMayWait()
    {
        await using WebRig rig = await StartAsync(wait: TimeSpan.FromMinutes(1), retryAfter: TimeSpan.FromSeconds(30));
        var admission = new RequestAdmission(RequestMetering.From(rig.App.Services));
        using var gone = new CancellationTokenSource();
        Task<Metering.Admission> waiting = Wait(rig, admission, gone.Token);
        Assert.False(waiting.IsCompleted);
        // There is one place.
        Assert.Equal(Verdict.Delay, (await Wait(rig, admission, CancellationToken.None)).Verdict);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        using var next = new CancellationTokenSource();
        Task<Metering.Admission> free = Wait(rig, admission, next.Token);
        Assert.False(free.IsCompleted);
        await next.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => free);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 30)]
    public async Task Waiting_IsNotBegun_WhereNoneIsAllowedOrItCannotBeLongEnough(int wait, int retryAfter)
    {
        await using WebRig rig = await StartAsync(TimeSpan.FromSeconds(wait), TimeSpan.FromSeconds(retryAfter));
        Task<Metering.Admission> answered = Wait(rig, new RequestAdmission(RequestMetering.From(rig.App.Services)), CancellationToken.None);
        Assert.True(answered.IsCompleted);
        Assert.Equal(Verdict.Delay, (await answered).Verdict);
    }

    private static Task<Metering.Admission> Wait(WebRig rig, RequestAdmission admission, CancellationToken aborted)
    {
        var context = new DefaultHttpContext { RequestAborted = aborted };
        EndpointPlan plan = EndpointPlan.Of(_endpoint, rig.Meter)!;
        return admission.WaitAsync(context, plan, default, admission.Ask(context, plan, default));
    }

    private static async Task<WebRig> StartAsync(TimeSpan wait, TimeSpan retryAfter)
    {
        WebRig rig = await WebRig.StartAsync(
            app => { },
            services: (_, metering) => metering.AddAspNetCore(options => (options.Requests.WaitForDelay, options.Requests.MaxWaiting) = (wait, 1)),
            policy: Policies.Joules(1, Policies.Delay(0.01, retryAfter)));
        InferenceScope spender = rig.Meter.Begin("m");
        SpinWait.SpinUntil(() => spender.Peek().ActiveTime.TotalSeconds * 20 > 0.05);
        spender.Complete();
        await rig.SettledAsync(1);
        return rig;
    }
}
