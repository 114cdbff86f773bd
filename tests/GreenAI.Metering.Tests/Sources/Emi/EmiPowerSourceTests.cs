using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

public sealed class EmiPowerSourceTests
{
    private const uint Measurement = 0x22400C;
    private const ulong Second = 10_000_000;

    private readonly FakeTimeProvider _time = new();
    private readonly FakeEmiMeter _meter = new("RAPL_Package0_PKG") { Counters = [(5_000_000_000_000, 4711)] };
    private long _hardwareOrigin;

    [Fact]
    public void Read_ABillionPicowatthoursInASecondOfTheMeter_AreThreeWattsAndSixTenths()
    {
        // Each call takes 200 ms here, of which the meter measures 50 ms in, then 150 ms in: a second apart by its own clock.
        using IPowerSource source = Detect();
        TimeSpan early = TimeSpan.FromMilliseconds(50);
        TimeSpan late = TimeSpan.FromMilliseconds(150);
        PowerSample first = ReadWith(source, early, late, _time.GetTimestamp());
        _time.Advance(TimeSpan.FromSeconds(0.7));
        PowerSample second = ReadWith(source, late, early, add: 1_000_000_000);
        Assert.Equal(TimeSpan.FromSeconds(1), _time.GetElapsedTime(first.Timestamp, second.Timestamp));
        Assert.Equal(3_600_000, second.Microjoules - first.Microjoules);
        var tracker = new CounterTracker(source.Devices[0], _time.TimestampFrequency);
        tracker.Advance(first);
        CounterStep step = tracker.Advance(second);
        Assert.Equal(3600, tracker.Resolve(second, step).Milliwatts);
    }

    [Fact]
    public void Date_AnyClock_StaysWithinTheCallAndNeverRunsBackwards() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 1000], Gen.Int[1, 1000]).Array[1, 20].Sample(
            static calls =>
            {
                var clock = new EmiClock(1_000_000_000);
                long now = 0;
                long previous = 0;
                foreach ((ulong hardware, int duration, int pause) in calls)
                {
                    long before = now;
                    now += duration;
                    long date = clock.Date(hardware, before, now);
                    Assert.InRange(date, before, now);
                    Assert.True(date >= previous);
                    previous = date;
                    now += pause;
                }
            },
            threads: 1);

    [Fact]
    public void Date_ADriftingClock_IsFollowed()
    {
        // The meter's clock runs 100 ppm slow over a day of calls that take a millisecond each.
        const long Frequency = 10_000_000;
        var clock = new EmiClock(Frequency);
        for (long call = 0; call < 864_000; call++)
        {
            long before = call * 1_000_000;
            long date = clock.Date((ulong)(before - (before / 10_000)) + 77, before, before + 10_000);
            Assert.InRange(date, before, before + 10_000);
        }
    }

    [Fact]
    public void Read_Failure_IsAHole_AndTheMeterIsOpenedAgainAfterAPause()
    {
        using IPowerSource source = Detect();
        Assert.Equal(18_000_000_000, ReadOne(source).Microjoules);
        _meter.Errors[Measurement] = 1167;
        Assert.Equal((SampleFault.Gone, MeasurementTier.Unavailable), (ReadOne(source).Fault, ReadOne(source).Tier));
        Assert.Equal(0, _meter.Open);
        _meter.Errors.Clear();
        int opened = _meter.Opened;
        Assert.Equal(SampleFault.Gone, ReadOne(source).Fault);
        Assert.Equal(opened, _meter.Opened);
        _meter.Counters[0].Picowatthours += 1_000_000_000;
        _time.Advance(TimeSpan.FromSeconds(1));
        PowerSample sample = ReadOne(source);
        Assert.Equal((SampleFault.None, 18_003_600_000L), (sample.Fault, sample.Microjoules));
        Assert.Equal((opened + 1, 1), (_meter.Opened, _meter.Open));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_KeepsFailing_PausesGrow(bool opens)
    {
        using IPowerSource source = Detect();
        _meter.Errors[Measurement] = 31;
        ReadOne(source);
        if (!opens) _meter.Errors[0x224000] = 31;
        List<int> seconds = [];
        int opened = _meter.Opened;
        for (int second = 1; second <= 31; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(SampleFault.InputOutput, ReadOne(source).Fault);
            if (_meter.Opened == opened) continue;
            opened = _meter.Opened;
            seconds.Add(second);
        }

        Assert.Equal([1, 3, 7, 15, 31], seconds);
        Assert.Equal(0, _meter.Open);
    }

    [Fact]
    public void Read_AnotherMeterUnderTheSamePath_IsNotTakenForTheOldOne()
    {
        using IPowerSource source = Detect();
        _meter.Errors[Measurement] = 1167;
        ReadOne(source);
        _meter.Errors.Clear();
        _meter.Metadata = EmiBytes.SecondVersion("RAPL_Package0_PP0");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SampleFault.Gone, ReadOne(source).Fault);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(15)]
    public void Read_ShortMeasurement_IsMalformed(int length)
    {
        using IPowerSource source = Detect();
        _meter.Measurement = new byte[length];
        Assert.Equal(SampleFault.Malformed, ReadOne(source).Fault);
    }

    [Theory]
    [InlineData(5, SampleFault.NoPermission)]
    [InlineData(2, SampleFault.Gone)]
    [InlineData(6, SampleFault.Gone)]
    [InlineData(433, SampleFault.Gone)]
    [InlineData(21, SampleFault.NoData)]
    [InlineData(50, SampleFault.NotSupported)]
    [InlineData(31, SampleFault.InputOutput)]
    public void Read_ErrorCodes_ByTheirKind(int error, SampleFault fault)
    {
        using IPowerSource source = Detect();
        _meter.Errors[Measurement] = error;
        Assert.Equal(fault, ReadOne(source).Fault);
    }

    [Fact]
    public void Read_AfterWarmUp_AllocatesNothing()
    {
        using IPowerSource source = Detect();
        var samples = new PowerSample[1];
        Assert.Equal(0, ReadAllocations.Count(() => source.Read(samples)));
    }

    private static PowerSample ReadOne(IPowerSource source)
    {
        var samples = new PowerSample[1];
        source.Read(samples);
        return samples[0];
    }

    private IPowerSource Detect() => EmiDetection.Detect(new FakeEmiSystem(_meter), _time).Source!;

    // A call in which the meter measures after some time, and answers after some more.
    private PowerSample ReadWith(IPowerSource source, TimeSpan before, TimeSpan after, long? start = null, ulong add = 0)
    {
        _hardwareOrigin = start ?? _hardwareOrigin;
        _meter.Measuring = () =>
        {
            _time.Advance(before);
            ulong hardware = (ulong)(_time.GetElapsedTime(_hardwareOrigin).TotalSeconds * Second);
            _meter.Counters[0] = (_meter.Counters[0].Picowatthours + add, 4711 + hardware);
            _time.Advance(after);
        };
        PowerSample sample = ReadOne(source);
        _meter.Measuring = null;
        return sample;
    }
}
