using CsCheck;
using GreenAI.Metering.AspNetCore.Tests.Support;

namespace GreenAI.Metering.AspNetCore.Tests.Requests;

/// <summary>Every microjoule of requests of every kind is accounted for, and each is counted once.</summary>
public sealed class RequestConservationTests
{
    private static readonly RequestKind[] _kinds = Enum.GetValues<RequestKind>();

    [Fact]
    public async Task EveryKindAtOnce_ConservesEnergy_AndCountsEachOnce()
    {
        await using WebRig rig = await StartAsync();
        var load = new MixedLoad(rig);
        await load.RunAsync([.. Enumerable.Range(0, 400).Select(i => _kinds[i % _kinds.Length])], atOnce: 16);
        await AssertCountedAsync(rig, load);
    }

    [Fact]
    public async Task AnySchedule_ConservesEnergy_AndCountsEachOnce()
    {
        await using WebRig rig = await StartAsync();
        var load = new MixedLoad(rig);
        Gen<(RequestKind[] Kinds, int AtOnce)> schedules = Gen.Select(Gen.OneOfConst(_kinds).Array[1, 40], Gen.Int[1, 12]);
        await schedules.SampleAsync(
            async schedule =>
            {
                await load.RunAsync(schedule.Kinds, schedule.AtOnce);
                await AssertCountedAsync(rig, load);
            },
            iter: 25,
            threads: 1);
    }

    // With the sampler at work, and with 'large' over its budget, so that it is degraded.
    private static async Task<WebRig> StartAsync()
    {
        WebRig rig = await WebRig.StartAsync(MixedLoad.Map, policy: MixedLoad.Policy, options: new GreenAIMeteringOptions { SamplingInterval = TimeSpan.FromMilliseconds(10) });
        InferenceScope spender = rig.Meter.Begin("large");
        SpinWait.SpinUntil(() => spender.Peek().ActiveTime.TotalSeconds * 20 > 0.01);
        spender.Complete();
        await rig.SettledAsync(1);
        Assert.Equal("small", rig.Meter.CheckAdmission(rig.Meter.Model("large")).DegradeTo);
        return rig;
    }

    private static async Task AssertCountedAsync(WebRig rig, MixedLoad load)
    {
        EnergyTotals totals = await rig.SettledAsync(1 + load.Expected.Values.Sum());
        foreach (ModelTotals model in totals.Models.Where(model => model.Name != "large"))
        {
            Assert.Equal(
                (Expected(InferenceOutcome.Succeeded), Expected(InferenceOutcome.Failed), Expected(InferenceOutcome.Abandoned)),
                (model.Succeeded, model.Failed, model.Abandoned));

            long Expected(InferenceOutcome outcome) => load.Expected.GetValueOrDefault((model.Name, outcome));
        }
    }
}
