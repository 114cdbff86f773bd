using System.Text.Json;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.AspNetCore.Tests.Admission;

public sealed class RefusalProblemTests
{
    [Fact]
    public async Task LedgerDoesNotAnswer_Is503_WhateverTheHostPrefersForQuotas()
    {
        var time = new FakeTimeProvider();
        await using var meter = new EnergyMeter(new GreenAIMeteringOptions(), new MeterEnvironment
        {
            TimeProvider = time,
            Sources = [new SteadySource(time)],
            Ledger = new SilentLedger(),
            Policy = Policies.Joules(1000, Policies.Deny()),
        });
        time.Advance(TimeSpan.FromSeconds(60));
        using Metering.Admission admission = meter.TryAdmit(new AdmissionRequest(meter.Model("m")) { Estimate = Energy.FromJoules(1) });
        Assert.Equal(Verdict.Deny, admission.Verdict);
        var problem = RefusalProblem.Of(admission, new InferenceMeteringOptions());
        Assert.Equal(503, problem.Status);
        JsonElement json = JsonDocument.Parse(problem.ToJson()).RootElement;
        Assert.Equal("urn:greenai-metering:problem:budget-unavailable", json.GetProperty("type").GetString());
        Assert.Equal("What is left of joules is not known at present.", json.GetProperty("detail").GetString());
        Assert.InRange(json.GetProperty("retryAfter").GetInt64(), 1, 5);
    }
}
