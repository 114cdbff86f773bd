using System.Diagnostics;

namespace GreenAI.Metering;

/// <summary>Turns the readings of one device into energy since metering began: wraps, resets and failures resolved.</summary>
/// <remarks>Reads no clock and allocates nothing. Not thread-safe: whoever closes intervals calls it.</remarks>
internal sealed class CounterTracker
{
    private readonly PlausiblePower _bound;
    private readonly long _range;
    private readonly long _frequency;
    private readonly bool _integrates;
    private bool _started;
    private bool _failed;
    private long _timestamp;
    private long _value;
    private ulong _remainder;

    /// <param name="device">Its range, maximum power and update period decide what is believed.</param>
    /// <param name="timestampFrequency">Ticks per second of the readings' timestamps.</param>
    public CounterTracker(PowerDevice device, long timestampFrequency)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timestampFrequency);
        Device = device;
        _bound = new PlausiblePower(device, timestampFrequency);
        _range = Math.Max(0, device.CounterRangeMicrojoules);
        _frequency = timestampFrequency;
        _integrates = device.Reading == DeviceReading.Power;
    }

    public PowerDevice Device { get; }

    /// <summary>Sum of all steps. It never falls.</summary>
    public long TotalMicrojoules { get; private set; }

    /// <summary>Takes a reading in, with its corrected timestamp.</summary>
    public CounterStep Advance(in PowerSample reading) => Advance(in reading, holdEqual: false);

    /// <summary>Takes a reading in.</summary>
    /// <param name="reading">The device's reading, with its corrected timestamp.</param>
    /// <param name="holdEqual">
    /// True leaves the interval open while the counter stands still: for a counter that moves slower than it is polled, so
    /// that its interval closes when it moves.
    /// </param>
    public CounterStep Advance(in PowerSample reading, bool holdEqual)
    {
        if (!TryGetValue(in reading, out long value)) return Fail(CounterStepKind.Failed, reading.Timestamp);
        if (_integrates && !_bound.Allows((int)value)) return Fail(CounterStepKind.Implausible, reading.Timestamp);
        if (!_started)
        {
            _started = true;
            return MoveTo(in reading, value, CounterStepKind.Baseline, 0);
        }

        if (reading.Timestamp <= _timestamp) return Open(CounterStepKind.TimeStoodStill, reading.Timestamp);
        ulong ticks = unchecked((ulong)(reading.Timestamp - _timestamp));
        if (_integrates) return Integrate(in reading, value, ticks);
        if (holdEqual && value == _value) return Open(CounterStepKind.Equal, reading.Timestamp);
        (CounterStepKind kind, long gain) = CounterHygiene.Difference(_value, value, _range, ticks, in _bound);
        return MoveTo(in reading, value, kind, gain);
    }

    /// <summary>The sample of a ring: the reading with energy since metering began, and mean power where it tells none.</summary>
    public PowerSample Resolve(in PowerSample reading, in CounterStep step)
    {
        Debug.Assert(step.IsBoundary, "Only a boundary belongs in a ring.");
        SampleFlags power = reading.Flags & SampleFlags.Power;
        int milliwatts = reading.Milliwatts;
        if (power == SampleFlags.None && step.Covered)
        {
            UInt128 ticks = unchecked((ulong)(step.Timestamp - step.PreviousTimestamp));
            UInt128 mean = (UInt128)(ulong)step.Microjoules * (ulong)_frequency / (ticks * 1000);
            milliwatts = mean < int.MaxValue ? (int)mean : int.MaxValue;
            power = SampleFlags.Power;
        }

        return reading with { Microjoules = TotalMicrojoules, Milliwatts = milliwatts, Flags = step.Flags | power };
    }

    private bool TryGetValue(in PowerSample reading, out long value)
    {
        value = _integrates ? reading.Milliwatts : reading.Microjoules;
        SampleFlags needed = _integrates ? SampleFlags.Power : SampleFlags.Energy;
        return reading.Fault == SampleFault.None && (reading.Flags & needed) != 0
            && value >= 0 && (_integrates || _range == 0 || value <= _range);
    }

    private CounterStep Integrate(in PowerSample reading, long value, ulong ticks)
    {
        if (_failed) return MoveTo(in reading, value, CounterStepKind.Gap, 0);
        UInt128 gain = CounterHygiene.Integrate((int)_value, (int)value, ticks, _frequency, ref _remainder);
        return gain <= long.MaxValue
            ? MoveTo(in reading, value, CounterStepKind.Counted, (long)gain)
            : MoveTo(in reading, value, CounterStepKind.Gap, 0);
    }

    private CounterStep MoveTo(in PowerSample reading, long value, CounterStepKind kind, long gain)
    {
        // A sum beyond 63 bits (9.2e12 J) can only come from a device without a sensible maximum power.
        if (gain > long.MaxValue - TotalMicrojoules) (kind, gain) = (CounterStepKind.Implausible, 0);
        bool bridges = _failed && kind is CounterStepKind.Counted or CounterStepKind.Equal or CounterStepKind.Wrapped;
        bool closes = kind != CounterStepKind.Baseline;
        long previous = closes ? _timestamp : reading.Timestamp;
        (_timestamp, _value, _failed) = (reading.Timestamp, value, false);
        TotalMicrojoules += gain;
        return new CounterStep(bridges ? CounterStepKind.Bridged : kind, gain, closes, previous, reading.Timestamp);
    }

    private CounterStep Fail(CounterStepKind kind, long timestamp)
    {
        _failed = _started;
        return Open(kind, timestamp);
    }

    private CounterStep Open(CounterStepKind kind, long timestamp) =>
        new(kind, 0, closes: false, _started ? _timestamp : timestamp, timestamp);
}
