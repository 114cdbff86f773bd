namespace GreenAI.Metering;

/// <summary>One metered board: its handle, its one reading and what became of it.</summary>
internal sealed class NvmlDevice
{
    private readonly NvmlLibrary _library;
    private readonly string _uuid;
    private readonly NvmlBackoff _backoff;
    private readonly NvmlActivity _activity;
    private readonly uint _mostMilliwatts;
    private nint _handle;
    private bool _mig;
    private bool _closed;
    private SampleFault _fault;

    public NvmlDevice(NvmlLibrary library, NvmlBoard board, PowerDevice description, uint processId, TimeProvider timeProvider)
    {
        _library = library;
        _uuid = board.Uuid;
        _handle = board.Handle;
        _backoff = new NvmlBackoff(timeProvider);
        _activity = new NvmlActivity(library, processId, timeProvider);
        _mostMilliwatts = (uint)Math.Min(description.MaxPower.Milliwatts, int.MaxValue);
        _mig = library.IsMigEnabled(_handle);
        Description = description;
    }

    public PowerDevice Description { get; }

    /// <summary>Reads the counter or the power. Asks NVML nothing while the pause after a failure lasts.</summary>
    public PowerSample Read(long now)
    {
        if (_closed || !_backoff.IsDue(now)) return PowerSample.Failed(now, _fault);
        NvmlReturn result = _handle == 0 ? FindAgain() : NvmlReturn.Success;
        PowerSample sample = default;
        if (result == NvmlReturn.Success)
        {
            result = Description.Reading == DeviceReading.EnergyCounter ? ReadEnergy(now, out sample) : ReadPower(now, out sample);
        }

        if (result != NvmlReturn.Success) return Fail(result.Classify(), now);
        _backoff.Clear();
        return sample with { Utilization = _activity.Utilization, ProcessShare = _activity.ProcessShare };
    }

    /// <summary>
    /// Whether the activity should be polled. Not under MIG, where NVML tells none and each call may take 50 to 100 ms, and
    /// not while the device is failing.
    /// </summary>
    public bool IsActivityDue(long now) => _handle != 0 && !_mig && !_closed && _backoff.IsDue(now) && _activity.IsDue(now);

    public void PollActivity(long now) => _activity.Poll(_handle, now);

    private NvmlReturn ReadEnergy(long now, out PowerSample sample)
    {
        NvmlReturn result = _library.GetTotalEnergy(_handle, out ulong millijoules);
        sample = millijoules <= long.MaxValue / 1000
            ? PowerSample.FromCounter(now, (long)millijoules * 1000)
            : PowerSample.Failed(now, SampleFault.Malformed);

        // Drivers answer "success, 0" when polled too fast (ml-energy/zeus#186). A board that draws power since the driver
        // was loaded never stands at 0; taken as a reading it would look like a reset.
        return result == NvmlReturn.Success && millijoules == 0 ? NvmlReturn.NoData : result;
    }

    private NvmlReturn ReadPower(long now, out PowerSample sample)
    {
        NvmlReturn result = _library.GetPower(_handle, out uint milliwatts);
        sample = milliwatts <= _mostMilliwatts
            ? PowerSample.FromPower(now, (int)milliwatts)
            : PowerSample.Failed(now, SampleFault.Malformed);
        return result == NvmlReturn.Success && milliwatts == 0 ? NvmlReturn.NoData : result;
    }

    private NvmlReturn FindAgain()
    {
        NvmlReturn result = NvmlBoard.Find(_library, _uuid, out _handle);
        if (result == NvmlReturn.Success) _mig = _library.IsMigEnabled(_handle);
        return result;
    }

    private PowerSample Fail(NvmlReturnClass outcome, long now)
    {
        _fault = outcome.ToFault();
        switch (outcome)
        {
            case NvmlReturnClass.NoData:
                break;
            case NvmlReturnClass.Unsupported:
                _closed = true;
                break;
            case NvmlReturnClass.Lost or NvmlReturnClass.StaleHandle or NvmlReturnClass.DriverFault:
                _handle = 0;
                _activity.Forget();
                _backoff.Fail(now);
                break;
            default:
                _backoff.Fail(now);
                break;
        }

        return PowerSample.Failed(now, _fault);
    }
}
