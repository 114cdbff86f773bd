using GreenAI.Metering.Samples;

namespace GreenAI.Metering.Tests;

public sealed class RaplPowerLimitTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void PowerLimit_IsTheConstraintNamedLongTerm_WhateverItsNumber(int number)
    {
        using RaplRig rig = new(new PowercapTreeOptions { Dram = true });
        Constrain(rig, "package-0", number, "long_term", "125000000\n");
        Constrain(rig, "package-0", 1 - number, "short_term", "250000000\n");
        Constrain(rig, "package-0/dram", 0, "long_term", "30000000\n");
        Assert.Equal(125, rig.Source.Devices[0].PowerLimit?.Watts);
        Assert.Null(rig.Source.Devices[1].PowerLimit);
    }

    [Theory]
    [InlineData("short_term", "125000000\n")]
    [InlineData("long_term", "0\n")]
    [InlineData("long_term", "-1\n")]
    [InlineData("long_term", "unlimited\n")]
    [InlineData("long_term", null)]
    public void PowerLimit_NotStated_IsNull(string name, string? limit)
    {
        using RaplRig rig = new(new PowercapTreeOptions());
        Constrain(rig, "package-0", 0, name, limit);
        Assert.Null(rig.Source.Devices[0].PowerLimit);
    }

    [Theory]
    [InlineData("0\n", null)]
    [InlineData("1\n", 125.0)]
    public void PowerLimit_SwitchedOff_IsNull(string enabled, double? watts)
    {
        using RaplRig rig = new(new PowercapTreeOptions());
        Constrain(rig, "package-0", 0, "long_term", "125000000\n");
        Write(rig, "package-0", "enabled", enabled);
        Assert.Equal(watts, rig.Source.Devices[0].PowerLimit?.Watts);
    }

    [Fact]
    public void PowerLimit_TwoControlTypes_TheLowerBinds()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Mmio = true });
        Constrain(rig, "intel-rapl:0", 0, "long_term", "45000000\n");
        Constrain(rig, "intel-rapl-mmio:0", 0, "long_term", "28000000\n");
        Assert.Equal(28, Assert.Single(rig.Source.Devices).PowerLimit?.Watts);
    }

    [Fact]
    public void PowerLimit_OfAnotherSocket_IsNotOurs()
    {
        using RaplRig rig = new(new PowercapTreeOptions { Sockets = 2 });
        Constrain(rig, "package-0", 0, "long_term", "200000000\n");
        Constrain(rig, "package-1", 0, "long_term", "150000000\n");
        Assert.Equal([200, 150], rig.Source.Devices.Select(static device => device.PowerLimit!.Value.Watts));
    }

    private static void Constrain(RaplRig rig, string zone, int number, string name, string? microwatts)
    {
        Write(rig, zone, $"constraint_{number}_name", name + "\n");
        if (microwatts is null) File.Delete(Path.Combine(rig.Tree.Zone(zone).DirectoryPath, $"constraint_{number}_power_limit_uw"));
        else Write(rig, zone, $"constraint_{number}_power_limit_uw", microwatts);
    }

    private static void Write(RaplRig rig, string zone, string attribute, string text) =>
        File.WriteAllText(Path.Combine(rig.Tree.Zone(zone).DirectoryPath, attribute), text);
}
