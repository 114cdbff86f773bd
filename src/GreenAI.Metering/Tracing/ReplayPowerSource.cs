namespace GreenAI.Metering;

/// <summary>A recorded source: it reads what the trace says for the close that is being replayed.</summary>
internal sealed class ReplayPowerSource(string name, IReadOnlyList<PowerDevice> devices, Action<string> missed) : IPowerSource
{
    private readonly PowerSample[] _samples = new PowerSample[devices.Count];
    private bool _throws;

    public string Name => name;

    public IReadOnlyList<PowerDevice> Devices => devices;

    /// <summary>Whether there is a reading that was not taken yet.</summary>
    public bool IsLoaded { get; private set; }

    public void Load(ReadOnlySpan<PowerSample> samples, bool throws)
    {
        samples.CopyTo(_samples);
        _throws = throws;
        IsLoaded = true;
    }

    public void Read(Span<PowerSample> samples)
    {
        if (!IsLoaded) missed($"the meter reads {name} where the recorded one did not.");
        IsLoaded = false;
        if (_throws) throw new InvalidOperationException("The recorded source threw here.");
        _samples.CopyTo(samples);
    }

    public void Dispose()
    {
    }
}
