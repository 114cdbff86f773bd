namespace GreenAI.Metering.Tests;

public sealed class ReadingAgeTests
{
    [Fact]
    public void SinceReading_DeviceIsRead_StartsAnewEvenWhereItsCounterStandsStill()
    {
        using var rig = new MeterRig(FakePowerSource.Cpu(updateMs: 5000));
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), rig.Meter.GetTotals().Devices[0].SinceReading);
        rig.Meter.Engine.Tick();
        Assert.Equal(TimeSpan.Zero, rig.Meter.GetTotals().Devices[0].SinceReading);
    }

    [Fact]
    public void SinceReading_ReadingsFail_GrowsUntilOneSucceeds()
    {
        using var rig = new MeterRig(FakePowerSource.Cpu());
        rig.Source.Throws = new IOException("gone");
        for (int tick = 0; tick < 4; tick++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            rig.Meter.Engine.Tick();
        }

        Assert.Equal(TimeSpan.FromSeconds(4), rig.Meter.GetTotals().Devices[0].SinceReading);
        rig.Source.Throws = null;
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        rig.Meter.Engine.Tick();
        Assert.Equal(TimeSpan.Zero, rig.Meter.GetTotals().Devices[0].SinceReading);
    }
}
