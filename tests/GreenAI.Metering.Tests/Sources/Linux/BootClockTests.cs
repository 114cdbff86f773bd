using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

public sealed class BootClockTests
{
    [Fact]
    public void Coarse_OfTheSystemsClock_IsBehindByLittle()
    {
        BootClock clock = new(TimeProvider.System);
        clock.Align();
        long before = clock.Milliseconds, coarse = clock.Coarse, after = clock.Milliseconds;
        // A tick of the slowest kernels is 10 ms, and each part is cut to whole milliseconds.
        Assert.InRange(coarse, before - 12, after + 2);
    }

    [Fact]
    public void Coarse_OfAnotherClock_IsThatClock()
    {
        FakeTimeProvider time = new();
        BootClock clock = new(time);
        time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(clock.Milliseconds, clock.Coarse);
    }
}
