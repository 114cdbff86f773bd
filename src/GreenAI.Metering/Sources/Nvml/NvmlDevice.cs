namespace GreenAI.Metering;

/// <summary>One metered board: its handle, its one reading and what became of it.</summary>
internal sealed class NvmlDevice
{
    // Under MIG a call takes 50 to 100 ms. The device's period stays the counter's own, for samples are dated by it.
    private static readonly TimeSpan _migPause = TimeSpan.FromMilliseconds(500);

    private readonly NvmlLibrary _library;
    private readonly NvmlReading _reading;
    private readonly TimeProvider _timeProvider;
    private readonly RetryPause _pause;
    private readonly NvmlActivity _activity;
    private readonly uint _mostMilliwatts;
    private nint _handle;
    private bool _mig;
    private bool _closed;
    private SampleFault _fault;
    private PowerSample _last;
    private long? _asked;

    public NvmlDevice(NvmlLibrary library, NvmlBoard board, NvmlReading reading, uint processId, TimeProvider timeProvider)
    {
        _library = library;
        _reading = reading;
        _timeProvider = timeProvider;
        Uuid = board.Uuid;
        _handle = board.Handle;
        _pause = new RetryPause(timeProvider);
        _activity = new NvmlActivity(library, processId, timeProvider);
        _mig = library.IsMigEnabled(_handle);
        Description = NvmlDescription.Of(library, board, reading, _mig);
        _mostMilliwatts = (uint)Math.Min(Description.MaxPower.Milliwatts, int.MaxValue);
    }

    public string Uuid { get; }

    public PowerDevice Description { get; }

    /// <summary>
    /// Reads the counter or the power. Asks NVML nothing while the pause after a failure lasts, and a board under MIG twice a
    /// second at most: in between it gives the reading that it has, with the time that one was taken.
    /// </summary>
    public PowerSample Read(long now)
    {
        if (_closed || !_pause.IsOver(now)) return PowerSample.Failed(now, _fault);
        if (_mig && _asked is { } asked && _timeProvider.GetElapsedTime(asked, now) < _migPause) return _last;
        _asked = now;
        NvmlReturn result = _handle == 0 ? FindAgain() : NvmlReturn.Success;
        ulong value = 0;
        long before = _timeProvider.GetTimestamp();
        if (result == NvmlReturn.Success) result = _reading.Read(_library, _handle, out value);
        if (result != NvmlReturn.Success) return _last = Fail(result.Classify(), now);
        _pause.Clear();
        // The value is of some moment within the call, which may be long.
        PowerSample sample = ToSample(before + ((_timeProvider.GetTimestamp() - before) / 2), value);
        return _last = sample with { Utilization = _activity.Utilization, ProcessShare = _activity.ProcessShare };
    }

    /// <summary>
    /// Whether the activity should be polled. Not under MIG, where NVML tells none and each call may take 50 to 100 ms, and
    /// not while the device is failing.
    /// </summary>
    public bool IsActivityDue(long now) => _handle != 0 && !_mig && !_closed && _pause.IsOver(now) && _activity.IsDue(now);

    public void PollActivity(long now) => _activity.Poll(_handle, now);

    private PowerSample ToSample(long timestamp, ulong value)
    {
        bool power = _reading.Kind == DeviceReading.Power;
        if (value > (power ? _mostMilliwatts : _reading.Most)) return PowerSample.Failed(timestamp, SampleFault.Malformed);
        return power ? PowerSample.FromPower(timestamp, (int)value) : PowerSample.FromCounter(timestamp, (long)value * 1000);
    }

    private NvmlReturn FindAgain()
    {
        NvmlReturn result = NvmlBoard.Find(_library, Uuid, out _handle);
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
                _pause.Fail(now);
                break;
            default:
                _pause.Fail(now);
                break;
        }

        return PowerSample.Failed(now, _fault);
    }
}
