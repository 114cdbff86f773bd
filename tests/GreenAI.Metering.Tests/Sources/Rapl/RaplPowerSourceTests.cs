using System.Globalization;
using GreenAI.Metering.Samples;
using Microsoft.Extensions.Time.Testing;

namespace GreenAI.Metering.Tests;

public sealed class RaplPowerSourceTests
{
    private static readonly TimeSpan _period = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void C11_OneZoneFails_TheOtherIsCounted()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Sockets = 2 });
        rig.Tick();
        rig.Tree.Zone("package-0").Add(50_000_000);
        rig.Tree.Zone("package-1").Add(20_000_000);
        rig.Tree.Zone("package-1").Break(PowercapFault.Eio);
        PowerSample[] samples = rig.Tick(_period);
        Assert.Equal(SampleFault.None, samples[0].Fault);
        Assert.Equal(SampleFault.Malformed, samples[1].Fault);
        Assert.Equal(MeasurementTier.Unavailable, samples[1].Tier);
        Assert.Equal(SampleFlags.None, samples[1].Flags);
        Assert.Equal(50_000_000, rig.Gained);
    }

    [Fact]
    public void C12_OneSocketUnreadableForOneTick_NothingLostNothingInvented()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Sockets = 2, StartMicrojoules = 100_000_000_000 });
        for (int tick = 0; tick < 4; tick++)
        {
            if (tick > 0) Both(rig, static zone => zone.Add(20_000_000));
            if (tick == 2) rig.Tree.Zone("package-1").Break(PowercapFault.Unreadable);
            PowerSample[] samples = rig.Tick(_period);
            Assert.Equal(tick == 2, samples[1].Fault != SampleFault.None);
            if (tick == 2) rig.Tree.Zone("package-1").Heal();
        }

        Assert.Equal(120_000_000, rig.Gained);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("abc\n")]
    [InlineData("-1\n")]
    [InlineData("1e9\n")]
    [InlineData("+5\n")]
    [InlineData("100000000000000000000\n")]
    [InlineData("1000000500")]
    [InlineData("1000000500\r\n")]
    [InlineData("1000000500\0")]
    [InlineData("\0\n")]
    [InlineData("100000")]
    public void C17_HostileText_IsAHoleThenEnergyIsWhole(string text)
    {
        using RaplRig rig = new(new PowercapTreeOptions());
        rig.Tick();
        rig.Tree.Zone("package-0").WriteRaw(text);
        PowerSample sample = Assert.Single(rig.Tick(_period));
        Assert.Equal(SampleFault.Malformed, sample.Fault);
        Assert.Equal(0, sample.Microjoules);
        rig.Tree.Zone("package-0").Add(7_000_000);
        Assert.Equal(SampleFault.None, Assert.Single(rig.Tick(_period)).Fault);
        Assert.Equal(7_000_000, rig.Gained);
    }

    [Fact]
    public void Z13_ZoneVanishesAndReturnsUnderAnotherNumber_FoundByName()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Sockets = 2, Dram = true });
        rig.Tick();
        rig.Tree.Zone("package-1").Remove();
        Assert.Equal([false, false, true, true], Failed(rig.Tick(_period)));
        Assert.Equal([false, false, true, true], Failed(rig.Tick(_period)));
        rig.Tree.Zone("package-1").Restore(7);
        rig.Tree.Zone("package-1").Add(5_000_000);
        rig.Tree.Zone("package-1/dram").Add(1_000_000);
        rig.Tree.Zone("package-0").Add(2_000_000);
        PowerSample[] tooSoon = rig.Tick(_period);
        Assert.Equal([SampleFault.None, SampleFault.None, SampleFault.Gone, SampleFault.Gone], tooSoon.Select(static s => s.Fault));
        Assert.Equal([false, false, false, false], Failed(rig.Tick(TimeSpan.FromSeconds(1))));
        Assert.Equal(8_000_000, rig.Gained);
        Assert.Equal(["rapl:package-0", "rapl:package-0/dram", "rapl:package-1", "rapl:package-1/dram"], rig.Ids());
    }

    [Fact]
    public void Z13_ZonesReturnWithSwappedNumbers_EachFollowsItsName()
    {
        using RaplRig rig = new();
        PowercapZone zero = rig.Tree.AddZone("intel-rapl:0", "package-0", 5_000_000_000);
        PowercapZone one = rig.Tree.AddZone("intel-rapl:1", "package-1", 9_000_000_000);
        rig.Tick();
        zero.Remove();
        one.Remove();
        zero.Restore(1);
        one.Restore(0);
        rig.Tick(_period);
        zero.Add(3_000_000);
        one.Add(4_000_000);
        rig.Tick(_period);
        Assert.Equal(3_000_000, rig.GainedBy("rapl:package-0"));
        Assert.Equal(4_000_000, rig.GainedBy("rapl:package-1"));
    }

    [Fact]
    public void Z13_OneOfTwoZonesOfOneNameReturns_ItIsNotTakenTwice()
    {
        using RaplRig rig = new();
        rig.Tree.AddZone("intel-rapl:0", "package-0", 5_000_000_000);
        PowercapZone lost = rig.Tree.AddZone("intel-rapl:1", "package-0", 9_000_000_000);
        rig.Tick();
        lost.Remove();
        rig.Tick(_period);
        Assert.Equal([false, true], Failed(rig.Tick(_period)));
        lost.Restore(4);
        lost.Add(4_000_000);
        Assert.Equal([false, false], Failed(rig.Tick(TimeSpan.FromSeconds(1))));
        Assert.Equal(4_000_000, rig.Gained);
    }

    [Fact]
    public void Read_Wrap_CounterGoesOnAtZero()
    {
        using RaplRig rig = new(new PowercapTreeOptions { RangeMicrojoules = 10_000_000, StartMicrojoules = 9_000_000 });
        rig.Tick();
        rig.Tree.Zone("package-0").Add(3_000_001);
        Assert.Equal(2_000_000, Assert.Single(rig.Tick(_period)).Microjoules);

        // One unit, here 1 µJ, is lost at a wrap by max − previous + current.
        Assert.Equal(3_000_000, rig.Gained);
    }

    [Fact]
    public void Read_EachZone_IsStampedWithTheMiddleOfItsRead()
    {
        using TempFolder folder = new();
        using PowercapTree tree = PowercapTree.Create(folder.Path, new PowercapTreeOptions { Sockets = 2 });
        FakeTimeProvider time = new() { AutoAdvanceAmount = TimeSpan.FromTicks(200) };
        using IPowerSource source = RaplDetection.Detect(new SourceContext(folder.Path, "/proc", time)).Source!;
        PowerSample[] samples = new PowerSample[2];
        long before = time.GetTimestamp();
        source.Read(samples);
        Assert.Equal(before + 300, samples[0].Timestamp);
        Assert.Equal(before + 500, samples[1].Timestamp);
    }

    [Fact]
    public void Read_InACultureWithOtherDigits_IsTheSame()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NumberGroupSeparator = string.Empty;
        hostile.NumberFormat.NegativeSign = "~";
        hostile.NumberFormat.NumberDecimalSeparator = "0";
        try
        {
            CultureInfo.CurrentCulture = hostile;
            using RaplRig rig = new(new PowercapTreeOptions { Sockets = 12, Dram = true });
            rig.Tick();
            rig.Tree.Zone("package-11").Add(1);
            rig.Tick();
            Assert.Equal(1, rig.GainedBy("rapl:package-11"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static IEnumerable<bool> Failed(PowerSample[] samples) => samples.Select(static sample => sample.Fault != SampleFault.None);

    private static void Both(RaplRig rig, Action<PowercapZone> action)
    {
        action(rig.Tree.Zone("package-0"));
        action(rig.Tree.Zone("package-1"));
    }
}
