using GreenAI.Metering.Samples;

namespace GreenAI.Metering.Tests;

/// <summary>Which zones are summed: the defects Z1 to Z12 of other meters, judged by energy.</summary>
public sealed class RaplZoneTests
{
    [Fact]
    public void Z1_DramNestedUnderPackage_AllFourCounted()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Sockets = 2, Dram = true });
        Drive(rig, ("package-0", 10), ("package-0/dram", 10), ("package-1", 10), ("package-1/dram", 10), ("package-0/core", 6));
        Assert.Equal(40_000_000, rig.Gained);
        Assert.Equal(["rapl:package-0", "rapl:package-0/dram", "rapl:package-1", "rapl:package-1/dram"], rig.Ids());
    }

    [Fact]
    public void Z1_DramAtTopLevel_Counted()
    {
        using RaplRig rig = new();
        rig.Tree.AddZone("intel-rapl:0", "package-0");
        rig.Tree.AddZone("intel-rapl:1", "dram");
        Drive(rig, ("package-0", 10), ("dram", 10));
        Assert.Equal(20_000_000, rig.Gained);
    }

    [Fact]
    public void Z2_TwinDiesOfOneCounter_CountedOnce()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Dies = 2 });
        Drive(rig, ("package-0-die-0", 68), ("package-0-die-1", 68));
        Assert.Equal(68_000_000, rig.Gained);
        Assert.Equal(["rapl:package-0-die-0"], rig.Ids());
        Assert.Single(rig.Detection.Findings, static finding => finding.Reason.Contains("mirrors", StringComparison.Ordinal));
    }

    [Fact]
    public void Z2_TwinDiesRegisteredInReverse_LowerDieKept()
    {
        using RaplRig rig = new();
        rig.Tree.AddZone("intel-rapl:0", "package-0-die-1");
        rig.Tree.AddZone("intel-rapl:1", "package-0-die-0");
        Drive(rig, ("package-0-die-0", 68), ("package-0-die-1", 68));
        Assert.Equal(68_000_000, rig.GainedBy("rapl:package-0-die-0"));
        Assert.Equal(68_000_000, rig.Gained);
    }

    [Fact]
    public void Z2_TwinReadAcrossAnUpdate_StillOneCounter()
    {
        // 0.3 J apart: one update of the register between the two reads. 4 × 125 W × 2 ms allow 1 J.
        using RaplRig rig = new();
        rig.Tree.AddZone("intel-rapl:0", "package-0-die-0", 5_000_000_000, maxPowerMicrowatts: 125_000_000);
        rig.Tree.AddZone("intel-rapl:1", "package-0-die-1", 5_000_300_000, maxPowerMicrowatts: 125_000_000);
        Assert.Single(rig.Source.Devices);
    }

    [Fact]
    public void Z2_TwinReadAcrossAWrap_StillOneCounter()
    {
        using RaplRig rig = new();
        rig.Tree.AddZone("intel-rapl:0", "package-0-die-0", 262_143_328_800);
        rig.Tree.AddZone("intel-rapl:1", "package-0-die-1", 100_000);
        Assert.Single(rig.Source.Devices);
    }

    [Fact]
    public void Z3_TwoSocketsWithEqualCounters_BothKept()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Sockets = 2 });
        Drive(rig, ("package-0", 34), ("package-1", 34));
        Assert.Equal(68_000_000, rig.Gained);
    }

    [Fact]
    public void Z3_DiesWithCountersOfTheirOwnUnderEqualLoad_BothKept()
    {
        using RaplRig rig = new();
        rig.Tree.AddZone("intel-rapl:0", "package-0-die-0", 5_000_000_000);
        rig.Tree.AddZone("intel-rapl:1", "package-0-die-1", 5_010_000_000);
        Drive(rig, ("package-0-die-0", 34), ("package-0-die-1", 34));
        Assert.Equal(68_000_000, rig.Gained);
    }

    [Theory]
    [InlineData(0, 0, 262_143_328_850)]
    [InlineData(5_000_000_000, 5_000_000_000, 65_532_610_987)]
    public void Z3_DiesBothAtZeroOrOfOtherRange_BothKept(long first, long second, long secondRange)
    {
        using RaplRig rig = new();
        rig.Tree.AddZone("intel-rapl:0", "package-0-die-0", first);
        rig.Tree.AddZone("intel-rapl:1", "package-0-die-1", second, secondRange);
        Drive(rig, ("package-0-die-0", 34), ("package-0-die-1", 34));
        Assert.Equal(68_000_000, rig.Gained);
    }

    [Fact]
    public void Z4_MmioDuplicate_CountedOnce()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Mmio = true });
        Drive(rig, ("package-0", 10), ("intel-rapl-mmio:0", 10));
        Assert.Equal(10_000_000, rig.Gained);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Z4_OnlyMmioReadable_MmioCounted(bool plainPresent)
    {
        using RaplRig rig = new();
        if (plainPresent) rig.Tree.AddZone("intel-rapl:0", "package-0").Break(PowercapFault.Unreadable);
        rig.Tree.AddZone("intel-rapl-mmio:0", "package-0");
        Drive(rig, ("intel-rapl-mmio:0", 10));
        Assert.Equal(10_000_000, rig.Gained);
        Assert.Equal(["rapl:package-0"], rig.Ids());
    }

    [Fact]
    public void Z5_SecondDirectoryIsPackageOne_NotTakenForPsys()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Sockets = 2, Dram = true });
        Drive(rig, ("package-0", 100), ("package-1", 60), ("package-0/dram", 10), ("package-1/dram", 10));
        Assert.Equal(180_000_000, rig.Gained);
    }

    [Fact]
    public void Z6_PsysBesidePackage_NotAddedButReported()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Psys = true });
        Drive(rig, ("package-0", 20), ("psys", 35));
        Assert.Equal(20_000_000, rig.Gained);
        Assert.Contains("psys (intel-rapl:1) contains", rig.Report, StringComparison.Ordinal);
    }

    [Fact]
    public void Z7_NamesOutOfOrder_BothCountedUnderTheirNames()
    {
        using RaplRig rig = new();
        rig.Tree.AddZone("intel-rapl:0", "package-1");
        rig.Tree.AddZone("intel-rapl:1", "package-0");
        Drive(rig, ("package-0", 7), ("package-1", 9));
        Assert.Equal(7_000_000, rig.GainedBy("rapl:package-0"));
        Assert.Equal(9_000_000, rig.GainedBy("rapl:package-1"));
    }

    [Fact]
    public void Z8_TwoDigitZone_Counted()
    {
        using RaplRig rig = new();
        rig.Tree.AddZone("intel-rapl:10", "package-10");
        rig.Tree.AddZone("intel-rapl:10:12", "dram");
        rig.Tree.AddZone("intel-rapl:2", "package-2");
        Drive(rig, ("package-10", 5), ("package-10/dram", 2), ("package-2", 1));
        Assert.Equal(8_000_000, rig.Gained);
        Assert.Equal(["rapl:package-2", "rapl:package-10", "rapl:package-10/dram"], rig.Ids());
    }

    [Fact]
    public void Z9_FourChildrenOfOneName_AllCounted()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Sockets = 4, Dram = true });
        Drive(rig, ("package-0/dram", 1), ("package-1/dram", 2), ("package-2/dram", 4), ("package-3/dram", 8));
        Assert.Equal(15_000_000, rig.Gained);
    }

    [Fact]
    public void Z10_TwoPackages_BothCounted()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Sockets = 2 });
        Drive(rig, ("package-0", 3), ("package-1", 4));
        Assert.Equal(7_000_000, rig.Gained);
    }

    [Fact]
    public void Z12_PsysWithNewlineAndNoChildren_IsNoSocket()
    {
        using RaplRig rig = new();
        rig.Tree.AddZone("intel-rapl:0", "psys");
        Assert.Null(rig.Detection.Source);
        Assert.Equal(SourceStatus.NotFound, rig.Detection.Findings[0].Status);
    }

    [Fact]
    public void Detect_SameNameWithOtherCounters_BothCountedWithAWarning()
    {
        using RaplRig rig = new();
        rig.Tree.AddZone("intel-rapl:0", "package-0", 5_000_000_000);
        rig.Tree.AddZone("intel-rapl:1", "package-0", 9_000_000_000);
        Drive(rig, ("intel-rapl:0", 3), ("intel-rapl:1", 4));
        Assert.Equal(7_000_000, rig.Gained);
        Assert.Equal(["rapl:package-0", "rapl:package-0#2"], rig.Ids());
        Assert.Contains("Warning: several zones are named package-0", rig.Report, StringComparison.Ordinal);
        Assert.All(rig.Source.Devices, static device => Assert.NotNull(device.Remark));
    }

    [Fact]
    public void Detect_UnknownZone_NotSummedButReported()
    {
        using RaplRig rig = new(new PowercapTreeOptions());
        rig.Tree.AddZone("intel-rapl:5", "platform-x");
        Drive(rig, ("package-0", 3), ("platform-x", 4));
        Assert.Equal(3_000_000, rig.Gained);
        Assert.Contains("platform-x", rig.Report, StringComparison.Ordinal);
    }

    private static void Drive(RaplRig rig, params ReadOnlySpan<(string Zone, long Joules)> gains)
    {
        rig.Tick();
        foreach ((string zone, long joules) in gains) rig.Tree.Zone(zone).Add(joules * 1_000_000);
        rig.Tick();
    }
}
