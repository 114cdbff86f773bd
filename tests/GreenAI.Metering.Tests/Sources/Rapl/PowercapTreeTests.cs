using GreenAI.Metering.Samples;

namespace GreenAI.Metering.Tests;

/// <summary>The fake tree itself, on which the other tests and the sample rest.</summary>
public sealed class PowercapTreeTests
{
    [Fact]
    public void Create_Layout_IsTheKernels()
    {
        using TempFolder folder = new();
        using PowercapTree tree = PowercapTree.Create(folder.Path, new PowercapTreeOptions { Dram = true });
        string zone = Path.Combine(folder.Path, "devices/virtual/powercap/intel-rapl/intel-rapl:0/intel-rapl:0:1");
        Assert.Equal("dram\n", File.ReadAllText(Path.Combine(zone, "name")));
        Assert.Equal("1000000000\n", File.ReadAllText(Path.Combine(zone, "energy_uj")));
        FileSystemInfo link = new DirectoryInfo(Path.Combine(folder.Path, "class/powercap/intel-rapl:0:1"));
        Assert.Equal("../../devices/virtual/powercap/intel-rapl/intel-rapl:0/intel-rapl:0:1", link.LinkTarget);
        Assert.Equal(zone, link.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
    }

    [Fact]
    public void Add_AcrossAWrap_SameFileAndExactGain()
    {
        using TempFolder folder = new();
        using PowercapTree tree = PowercapTree.Create(
            folder.Path, new PowercapTreeOptions { RangeMicrojoules = 1_000_000, StartMicrojoules = 999_999 });
        PowercapZone zone = tree.Zone("package-0");
        using StreamReader held = new(File.Open(
            Path.Combine(zone.DirectoryPath, "energy_uj"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        zone.Add(5_000_010);
        Assert.Equal(5_000_010, zone.GainedMicrojoules);

        // 999,999 + 5,000,010 is six times round a circle of 1,000,001 and 3 more.
        Assert.Equal("3\n", held.ReadToEnd());
    }

    [Fact]
    public void Driver_UnevenStepsAcrossWraps_GainIsWattsTimesSeconds()
    {
        using TempFolder folder = new();
        PowercapTreeOptions options = new() { Sockets = 2, Dram = true, Dies = 2, Psys = true, Mmio = true, RangeMicrojoules = 7_000_003 };
        using PowercapTree tree = PowercapTree.Create(folder.Path, options);
        PowercapDriver driver = new(tree, packageWatts: 33.333333m, dramWatts: 2.5m);
        foreach (double seconds in (double[])[0.0000123, 0.1, 0.7777777, 1.9, 3]) driver.AdvanceTo(TimeSpan.FromSeconds(seconds));
        Assert.Equal(99_999_999, tree.Zone("package-1-die-0").GainedMicrojoules);
        Assert.Equal((2 * 99_999_999) + (2 * 7_500_000), driver.GainedMicrojoules);
        Assert.Equal(tree.Zone("package-0-die-0").Microjoules, tree.Zone("package-0-die-1").Microjoules);
    }

    [Fact]
    public void Open_TreeMadeEarlier_GoesOnWhereItStood()
    {
        using TempFolder folder = new();
        using (PowercapTree made = PowercapTree.Create(folder.Path, new PowercapTreeOptions { Sockets = 2, Dram = true }))
        {
            made.Zone("package-1").Add(5);
        }

        using PowercapTree opened = PowercapTree.Open(folder.Path);
        Assert.Equal(1_000_000_005, opened.Zone("package-1").Microjoules);
        Assert.Equal(6, opened.Zones.Count);
    }
}
