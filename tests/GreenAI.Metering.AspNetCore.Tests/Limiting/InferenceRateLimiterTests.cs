using System.Threading.RateLimiting;
using GreenAI.Metering.AspNetCore.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.AspNetCore.Tests.Limiting;

public sealed class InferenceRateLimiterTests
{
    [Fact]
    public void Acquire_WithinTheBudget_HoldsWhatIsReservedUntilDisposed()
    {
        using EnergyMeter meter = Meter(Policies.Joules(100, Policies.Deny()));
        using var limiter = new InferenceRateLimiter(meter, Request(meter, 60));
        RateLimitLease first = limiter.AttemptAcquire();
        Assert.True(first.IsAcquired);
        Assert.False(limiter.AttemptAcquire().IsAcquired);
        first.Dispose();
        using RateLimitLease third = limiter.AttemptAcquire();
        Assert.True(third.IsAcquired);
    }

    [Fact]
    public void Acquire_BeginningWithTheLease_KeepsTheReservationBeyondItsDisposal()
    {
        using EnergyMeter meter = Meter(Policies.Joules(100, Policies.Deny()));
        using var limiter = new InferenceRateLimiter(meter, Request(meter, 60));
        var lease = (InferenceLease)limiter.AttemptAcquire();
        InferenceScope scope = meter.Begin(meter.Model("m"), lease.Admission);
        lease.Dispose();
        Assert.False(limiter.AttemptAcquire().IsAcquired);
        scope.Complete();
    }

    [Fact]
    public void Acquire_Refused_TellsWhyAndWhen()
    {
        using EnergyMeter meter = Meter(Policies.Joules(100, Policies.Deny()));
        using var limiter = new InferenceRateLimiter(meter, Request(meter, 101));
        using RateLimitLease lease = limiter.AttemptAcquire();
        Assert.False(lease.IsAcquired);
        Assert.True(lease.TryGetMetadata(MetadataName.ReasonPhrase, out string? reason));
        Assert.Contains("joules", reason, StringComparison.Ordinal);
        Assert.True(lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait));
        Assert.True(wait > TimeSpan.Zero);
        Assert.True(lease.TryGetMetadata(InferenceLease.AdmissionMetadata, out Metering.Admission admission));
        Assert.Equal("joules", admission.Rule);
        Assert.False(lease.TryGetMetadata("ELSE", out _));
        Assert.Equal(["RETRY_AFTER", "REASON_PHRASE", "GREENAI_ADMISSION"], lease.MetadataNames);
    }

    [Fact]
    public void Acquire_SeveralPermits_ReservesThatManyEstimates()
    {
        using EnergyMeter meter = Meter(Policies.Joules(100, Policies.Deny()));
        using var limiter = new InferenceRateLimiter(meter, Request(meter, 30));
        using RateLimitLease three = limiter.AttemptAcquire(3);
        Assert.True(three.IsAcquired);
        Assert.False(limiter.AttemptAcquire(1).IsAcquired);
        Assert.False(limiter.AttemptAcquire(int.MaxValue).IsAcquired);
    }

    [Fact]
    public void Acquire_SeveralPermitsWithoutAnEstimate_IsRefusedAsAnArgument()
    {
        using EnergyMeter meter = Meter(Policies.Joules(100, Policies.Deny()));
        using var limiter = new InferenceRateLimiter(meter, new AdmissionRequest(meter.Model("m")));
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => limiter.AttemptAcquire(2));
        Assert.Contains("Estimate", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Acquire_NoPermit_LooksAndReservesNothing()
    {
        using EnergyMeter meter = Meter(Policies.Joules(100, Policies.Deny()));
        using var limiter = new InferenceRateLimiter(meter, Request(meter, 60));
        for (int i = 0; i < 10; i++) Assert.True(limiter.AttemptAcquire(0).IsAcquired);
        using RateLimitLease lease = limiter.AttemptAcquire();
        Assert.True(lease.IsAcquired);
        Assert.Equal(1, limiter.GetStatistics()!.TotalSuccessfulLeases);
    }

    [Fact]
    public async Task AcquireAsync_IsAnsweredAsAttemptsAre_AndCounted()
    {
        using EnergyMeter meter = Meter(Policies.Joules(100, Policies.Deny()));
        await using var limiter = new InferenceRateLimiter(meter, Request(meter, 60));
        using RateLimitLease first = await limiter.AcquireAsync(1, TestContext.Current.CancellationToken);
        using RateLimitLease second = await limiter.AcquireAsync(1, TestContext.Current.CancellationToken);
        Assert.Equal((true, false), (first.IsAcquired, second.IsAcquired));
        RateLimiterStatistics statistics = limiter.GetStatistics()!;
        Assert.Equal((1L, 1L, 0L, 1L), (statistics.TotalSuccessfulLeases, statistics.TotalFailedLeases, statistics.CurrentQueuedCount, statistics.CurrentAvailablePermits));
    }

    [Fact]
    public void IdleDuration_IsSinceItWasAskedLast_SoThatPartitionsAreLetGoOf()
    {
        using EnergyMeter meter = Meter(Policies.Joules(100, Policies.Deny()));
        var time = new FakeTimeProvider();
        using var limiter = new InferenceRateLimiter(meter, Request(meter, 60), time);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(1), limiter.IdleDuration);
        using RateLimitLease lease = limiter.AttemptAcquire();
        Assert.Equal(TimeSpan.Zero, limiter.IdleDuration);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(30), limiter.IdleDuration);
    }

    [Fact]
    public void Acquire_WithoutAPolicy_IsAllowed()
    {
        using EnergyMeter meter = Meter(null);
        using var limiter = new InferenceRateLimiter(meter, Request(meter, 1e6));
        Assert.True(limiter.AttemptAcquire().IsAcquired);
    }

    [Fact]
    public void Acquire_AfterDispose_Throws()
    {
        using EnergyMeter meter = Meter(null);
        var limiter = new InferenceRateLimiter(meter, Request(meter, 1));
        limiter.Dispose();
        Assert.Throws<ObjectDisposedException>(() => limiter.AttemptAcquire());
    }

    private static EnergyMeter Meter(BudgetPolicy? policy) =>
        new(new GreenAIMeteringOptions(), new MeterEnvironment { Sources = [new SteadySource(TimeProvider.System)], Policy = policy });

    private static AdmissionRequest Request(EnergyMeter meter, double joules) => new(meter.Model("m")) { Estimate = Energy.FromJoules(joules) };
}
