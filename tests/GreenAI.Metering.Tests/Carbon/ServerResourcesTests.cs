namespace GreenAI.Metering.Tests;

public sealed class ServerResourcesTests
{
    [Fact]
    public void ShareOf_OneOfEightGpusAndHalfTheCpus_IsAnEighth_L5() => Assert.Equal(
        0.125, new ServerResources { Accelerators = 1, Cpus = 96 }.ShareOf(new() { Accelerators = 8, Cpus = 192 }));

    [Fact]
    public void ShareOf_NoneOfTheGpus_IsNothing_L5() => Assert.Equal(
        0, new ServerResources { Cpus = 96 }.ShareOf(new() { Accelerators = 8, Cpus = 192 }));

    [Fact]
    public void ShareOf_NoGpuInTheServer_IsByCpus() => Assert.Equal(
        0.25, new ServerResources { Cpus = 16 }.ShareOf(new() { Cpus = 64 }));

    [Fact]
    public void ShareOf_Impossible_IsRefused()
    {
        var server = new ServerResources { Accelerators = 8, Cpus = 192 };
        Assert.Throws<ArgumentOutOfRangeException>("server", () => default(ServerResources).ShareOf(default));
        Assert.Throws<ArgumentOutOfRangeException>("server", () => new ServerResources { Accelerators = 9 }.ShareOf(server));
        Assert.Throws<ArgumentOutOfRangeException>("server", () => new ServerResources { Accelerators = -1 }.ShareOf(server));
        Assert.Throws<ArgumentOutOfRangeException>("server", () => new ServerResources { Accelerators = double.NaN }.ShareOf(server));
        Assert.Throws<ArgumentOutOfRangeException>(
            "server", () => new ServerResources { Cpus = 1 }.ShareOf(new() { Cpus = double.PositiveInfinity }));
    }
}
