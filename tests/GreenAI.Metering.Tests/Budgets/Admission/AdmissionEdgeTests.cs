using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests.Budgets;

/// <summary>Admission where it is easily wrong: dear requests, exemptions, delays, policies read again, periods, tiers, many tenants.</summary>
[Collection(nameof(AloneTests))]
public sealed partial class AdmissionEdgeTests
{
    [Fact]
    public void DearRequest_IsRefused_CheapOnesStillRun()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(1000)));
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(Ask(rig, 1e6)).Verdict);
        using (Admission before = rig.Meter.TryAdmit(Ask(rig, 1))) Assert.True(before.MayRun, "Before the next close.");
        rig.Tick();
        Admission cheap = rig.Meter.TryAdmit(Ask(rig, 1));
        Assert.True(cheap.MayRun, $"Nothing is spent of 1000 J: {cheap.Reason}");
        for (int i = 0; i < 10; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            rig.Flush();
        }
    }

    [Fact]
    public void DearRequest_IsRefused_HowLongOthersAreRefused()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(1000)));
        rig.Meter.TryAdmit(Ask(rig, 1e12));
        rig.Tick();
        int seconds = 0;
        while (seconds < 600 && !rig.Meter.TryAdmit(Ask(rig, 1)).MayRun)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            rig.Flush();
            seconds++;
        }

        Assert.True(seconds < 2, $"Refused for {seconds} flushes.");
    }

    [Fact]
    public void Fleet_OneDearRequest_LeavesOthersSomething()
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        RemoteLedger ledger = new(time);
        using AdmissionRig one = new(Policies.Of(Policies.Joules(1000)), ledger, time: time), other = new(Policies.Of(Policies.Joules(1000)), ledger, time: time);
        one.Flush();
        one.Meter.TryAdmit(Ask(one, 1e6));
        one.Flush();
        other.Meter.TryAdmit(Ask(other, 20));
        other.Flush();
        Admission admission = other.Meter.TryAdmit(Ask(other, 20));
        Assert.True(admission.MayRun, $"Nothing is spent of 1000 J, and one process asked for more than there is: {admission.Reason}");
    }

    [Fact]
    public void Exempt_AfterOthersWereRefusedByReservation_StillRuns()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10, ladder: [Policies.Deny(1, null, "critical")])));
        Admission held = rig.Meter.TryAdmit(Ask(rig, 8));
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(Ask(rig, 8)).Verdict);
        Assert.True(rig.Meter.TryAdmit(Ask(rig, 8, "critical")).MayRun, "Before the close.");
        rig.Tick();
        Admission critical = rig.Meter.TryAdmit(Ask(rig, 8, "critical"));
        Assert.True(critical.MayRun, critical.Reason);
        held.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Exempt_FromOneBudgetOnly_IsRefusedByTheOther(bool exemptFirst)
    {
        BudgetDefinition exempts = Policies.Joules(10, id: "exempts", ladder: [Policies.Deny(1, null, "critical")]), strict = Policies.Joules(10, id: "strict");
        using AdmissionRig rig = new(exemptFirst ? Policies.Of(exempts, strict) : Policies.Of(strict, exempts));
        Admission held = rig.Meter.TryAdmit(Ask(rig, 8));
        Assert.True(held.HoldsReservation);
        Admission critical = rig.Meter.TryAdmit(Ask(rig, 8, "critical"));
        Assert.Equal((Verdict.Deny, "strict"), (critical.Verdict, critical.Rule));
    }

    [Fact]
    public void Delay_InForceForAMinute_TellsEachRequestToWaitAsLong()
    {
        LadderStep delay = Policies.Step(0.1, new BudgetAction { Verdict = Verdict.Delay, RetryAfter = TimeSpan.FromSeconds(30) });
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100, ladder: [delay])));
        rig.Spend(20);
        rig.Tick();
        for (int i = 0; i < 60; i++)
        {
            Admission delayed = rig.Meter.TryAdmit(rig.Model);
            Assert.Equal((Verdict.Delay, TimeSpan.FromSeconds(30)), (delayed.Verdict, delayed.RetryAfter));
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            rig.Tick();
        }
    }

    [Theory]
    [InlineData(Verdict.Warn, null)]
    [InlineData(Verdict.Delay, 30)]
    public void UsedUp_RequestsThatFitStill_AreToldWhatTheLadderSays(Verdict verdict, int? wait)
    {
        LadderStep half = Policies.Step(0.1, new BudgetAction { Verdict = verdict, RetryAfter = TimeSpan.FromSeconds(wait ?? 0) });
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100, ladder: [half, Policies.Step(1, new BudgetAction { Verdict = Verdict.Deny })])));
        rig.Spend(99.5);
        rig.Tick();
        if (verdict == Verdict.Warn) Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(Ask(rig, 50)).Verdict);
        rig.Tick();
        Admission small = rig.Meter.TryAdmit(Ask(rig, 0.01));
        Assert.Equal((verdict, wait), (small.Verdict, (int?)small.RetryAfter?.TotalSeconds));
    }

    [Fact]
    public async Task AdmitAsync_PolicySaysDelay_AnswersAtOnce()
    {
        LadderStep delay = Policies.Step(0.1, new BudgetAction { Verdict = Verdict.Delay, RetryAfter = TimeSpan.FromSeconds(30) });
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100, ladder: [delay])));
        rig.Spend(20);
        rig.Tick();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        CancellationToken token = patience.Token;
        Admission admission = await Task.Run(async () => await rig.Meter.AdmitAsync(new AdmissionRequest(rig.Model), token), TestContext.Current.CancellationToken);
        Assert.Equal(Verdict.Delay, admission.Verdict);
    }

    [Fact]
    public async Task AdmitAsync_LedgerFailsAtOnce_DoesNotHammerIt()
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        RemoteLedger ledger = new(time);
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100)), ledger, time: time);
        rig.Flush();
        ledger.IsDown = true;
        int before = ledger.Exchanges;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await rig.Meter.AdmitAsync(Ask(rig, 50), patience.Token));
        Assert.True(ledger.Exchanges - before < 10, $"One request asked {ledger.Exchanges - before} times in 300 ms.");
    }

    [Fact]
    public void Estimate_BeyondAllReason_IsRefusedAndThrowsNothing()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10)));
        Admission admission = rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Estimate = Energy.FromMicrojoules(long.MaxValue) });
        Assert.Equal(Verdict.Deny, admission.Verdict);
    }

    [Fact]
    public void Estimate_BeyondAllReason_DoesNotStopTheExchangeOfOtherBudgets()
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        RemoteLedger ledger = new(time);
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10), Policies.Joules(10, new BudgetScope { Model = "small" }, id: "other")), ledger, time: time);
        rig.Flush();
        rig.Meter.TryAdmit(new AdmissionRequest(rig.Model) { Estimate = Energy.FromMicrojoules(long.MaxValue) });
        rig.Flush();
        rig.Meter.DisposeAsync().AsTask().Wait(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(rig.Events.All, told => told.Kind == BudgetEventKind.LedgerLost);
    }

    [Fact]
    public void Exempt_FromTheFirstOfTwoDenials_RunsUpToTheSecond()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10, ladder: [Policies.Deny(1, null, "critical"), Policies.Deny(2)])));
        for (int i = 0; i < 10; i++) rig.Spend(1);
        rig.Flush();
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(Ask(rig, 1)).Verdict);
        Admission critical = rig.Meter.TryAdmit(Ask(rig, 1, "critical"));
        Assert.True(critical.MayRun, $"10 J of the 20 J at which it is denied: {critical.Reason}");
    }

    [Fact]
    public void Reservation_GivenBack_OthersRunAtOnce()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(10)));
        Admission held = rig.Meter.TryAdmit(Ask(rig, 8));
        Assert.Equal(Verdict.Deny, rig.Meter.TryAdmit(Ask(rig, 8)).Verdict);
        held.Dispose();
        rig.Tick();
        Admission next = rig.Meter.TryAdmit(Ask(rig, 8));
        Assert.True(next.MayRun, $"Nothing is spent, nothing is reserved: {next.Reason}");
    }

    [Fact]
    public async Task AdmitAsync_ManyWait_ShareAnExchange()
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        RemoteLedger ledger = new(time);
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100)), ledger, time: time);
        rig.Flush();
        int before = ledger.Exchanges;
        Admission[] all = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => rig.Meter.AdmitAsync(Ask(rig, 0.2), TestContext.Current.CancellationToken).AsTask()));
        Assert.All(all, admission => Assert.True(admission.HoldsReservation));
        // A lease is a hundredth of the budget and has room for five of them: some forty at least.
        Assert.True(ledger.Exchanges - before <= 100, $"200 requests asked the ledger {ledger.Exchanges - before} times.");
    }

    [Fact]
    public void Degrade_NearTheLimit_AdmitsNoMoreThanFits()
    {
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100, ladder: [Policies.Degrade(0.5, "small"), Policies.Deny()])));
        ModelHandle small = rig.Meter.Model("small");
        rig.Spend(60);
        rig.Flush();
        List<InferenceScope> running = [];
        for (int i = 0; i < 20; i++)
        {
            using Admission large = rig.Meter.TryAdmit(Ask(rig, 10));
            // What a careful host does: it asks for the cheaper model too.
            Admission asked = rig.Meter.TryAdmit(new AdmissionRequest(small) { Estimate = Energy.FromJoules(10) });
            if (asked.MayRun) running.Add(rig.Meter.Begin(small, asked));
        }

        rig.Pass(10.0 * running.Count);
        foreach (InferenceScope scope in running) scope.Complete();
        rig.Flush();
        Assert.True(rig.Status().Spent <= 100e6, $"{running.Count} of 10 J ran where 40 J are left: {rig.Status().Spent / 1e6} J of 100 J spent.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Refusal_OfAStreamOfRequests_AllocatesNothing(bool isRemote)
    {
        var time = new FakeTimeProvider(AdmissionRig.Start);
        using AdmissionRig rig = new(Policies.Of(Policies.Joules(100)), isRemote ? new RemoteLedger(time) : null, time: time);
        rig.Flush();
        AdmissionRequest request = Ask(rig, 500);
        rig.Meter.TryAdmit(request);
        Assert.False(rig.Meter.TryAdmit(request).MayRun);
        AllocationAssert.Zero(() =>
        {
            for (int i = 0; i < 1000; i++) rig.Meter.TryAdmit(request);
        });
    }

    private static BudgetDefinition Embodied(string id, BudgetScope scope) => new()
    {
        Id = id,
        Scope = scope,
        Kind = BudgetKind.Emissions,
        LimitMicrounits = 1e15,
        Window = Policies.Month,
        IncludesOperational = false,
        IncludesEmbodied = true,
        Ladder = [Policies.Deny()],
    };

    private sealed class HookedTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private Action? _hook;
        private int _thread;
        private int _left;

        public void OnThisThreadAfter(int calls, Action hook) => (_thread, _left, _hook) = (Environment.CurrentManagedThreadId, calls, hook);

        public override long GetTimestamp()
        {
            if (_hook is { } hook && Environment.CurrentManagedThreadId == _thread && --_left == 0)
            {
                _hook = null;
                hook();
            }

            return base.GetTimestamp();
        }
    }

    private static AdmissionRequest Ask(AdmissionRig rig, double joules, string? priority = null) => new(rig.Model) { Estimate = Energy.FromJoules(joules), Priority = priority };
}
