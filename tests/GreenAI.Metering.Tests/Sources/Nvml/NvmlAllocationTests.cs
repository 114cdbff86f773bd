namespace GreenAI.Metering.Tests;

public sealed class NvmlAllocationTests : NvmlTestBase
{
    [Fact]
    public void Read_AfterWarmUp_AllocatesNothing()
    {
        FakeGpu gpu = FakeGpu.Named(A);
        gpu.Clients = [Me, 7];
        IPowerSource source = Open(gpu, FakeGpu.Named(B));
        gpu.Samples = [FakeGpu.Sample(Me, 60, 200), FakeGpu.Sample(7, 20, 201)];
        var samples = new PowerSample[2];
        Assert.Equal(0, MeasureRead(source, samples));
        Assert.True(gpu.SamplesCalls > 20);
    }

    [Fact]
    public void Read_OfAnAllocatingSource_IsCaught()
    {
        var samples = new PowerSample[1];
        Assert.True(MeasureRead(new AllocatingSource(), samples) > 0);
    }

    private long MeasureRead(IPowerSource source, PowerSample[] samples)
    {
        for (int i = 0; i < 200; i++) Step();
        // What the runtime makes once when it compiles a method again is no allocation of each reading.
        return AllocationAssert.Least(Attempt);

        long Attempt()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long clock = 0;
            for (int i = 0; i < 100; i++)
            {
                long start = GC.GetAllocatedBytesForCurrentThread();
                Clock.Advance(TimeSpan.FromSeconds(0.25));
                clock += GC.GetAllocatedBytesForCurrentThread() - start;
                source.Read(samples);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before - clock;
        }

        void Step()
        {
            Clock.Advance(TimeSpan.FromSeconds(0.25));
            source.Read(samples);
        }
    }

    private sealed class AllocatingSource : IPowerSource
    {
        private object? _last;

        public string Name => "allocating";

        public IReadOnlyList<PowerDevice> Devices => [];

        public void Read(Span<PowerSample> samples) => _last = new byte[16];

        public void Dispose() => _last = null;
    }
}
