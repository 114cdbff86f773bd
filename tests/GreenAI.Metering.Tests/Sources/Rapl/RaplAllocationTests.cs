using GreenAI.Metering.Samples;

namespace GreenAI.Metering.Tests;

public sealed class RaplAllocationTests
{
    private const int Reads = 200;

    [Fact]
    public void Read_AfterWarmUp_AllocatesNothing()
    {
        using Bench bench = new();
        Assert.Equal(0, bench.AllocatedBy(static (source, samples) => source.Read(samples)));
    }

    [Fact]
    public void Read_NegativeControl_AnAllocationIsSeen()
    {
        using Bench bench = new();
        Assert.InRange(bench.AllocatedBy(static (source, samples) => source.Read(new PowerSample[samples.Length])), Reads * 4 * 32, long.MaxValue);
    }

    [Fact]
    public void Read_WhileAZoneIsGone_AllocatesAtMostOnceASecond()
    {
        // The clock stands still, so no second passes: after the one search the hole costs nothing.
        using RaplRig rig = new(new PowercapTreeOptions { Sockets = 2 });
        rig.Tick();
        rig.Tree.Zone("package-1").Remove();
        rig.Tick();
        PowerSample[] samples = rig.Tick();
        Assert.Equal(0, ReadAllocations.Count(() => rig.Source.Read(samples), Reads));
        Assert.Equal(SampleFault.Gone, samples[1].Fault);
    }

    private sealed class Bench : IDisposable
    {
        private readonly TempFolder _folder = new();
        private readonly IPowerSource _source;

        public Bench()
        {
            using PowercapTree tree = PowercapTree.Create(_folder.Path, new PowercapTreeOptions { Sockets = 2, Dram = true });
            _source = RaplDetection.Detect(new SourceContext(_folder.Path, "/proc", TimeProvider.System)).Source!;
        }

        public long AllocatedBy(Action<IPowerSource, PowerSample[]> read)
        {
            PowerSample[] samples = new PowerSample[_source.Devices.Count];
            return ReadAllocations.Count(() => read(_source, samples), Reads);
        }

        public void Dispose()
        {
            _source.Dispose();
            _folder.Dispose();
        }
    }
}
