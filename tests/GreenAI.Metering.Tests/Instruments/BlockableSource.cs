namespace GreenAI.Metering.Tests;

/// <summary>A source whose reading hangs when a test says so, as a driver does that has lost its device.</summary>
internal sealed class BlockableSource(PowerDevice device) : IPowerSource
{
    private readonly ManualResetEventSlim _free = new(initialState: true);
    private readonly ManualResetEventSlim _hanging = new();

    public string Name => "blockable";

    public IReadOnlyList<PowerDevice> Devices { get; } = [device];

    public void Block() => _free.Reset();

    public void WaitUntilBlocked() => Assert.True(_hanging.Wait(TimeSpan.FromSeconds(20)), "Nobody read the source.");

    public void Release() => _free.Set();

    public void Read(Span<PowerSample> samples)
    {
        if (!_free.IsSet) _hanging.Set();
        _free.Wait();
        samples[0] = PowerSample.FromCounter(TimeProvider.System.GetTimestamp(), 0);
    }

    public void Dispose() => Release();
}
