namespace GreenAI.Metering;

/// <summary>The recorded clock: the time of a close when it is asked first, the time of its end from then on.</summary>
internal sealed class ReplayTime(long frequency) : TimeProvider
{
    private long _first;
    private long _rest;
    private bool _asked;

    public override long TimestampFrequency => frequency;

    public void Set(long time) => Set(time, time);

    public void Set(long first, long rest)
    {
        (_first, _rest) = (first, rest);
        _asked = false;
    }

    public override long GetTimestamp()
    {
        long now = _asked ? _rest : _first;
        _asked = true;
        return now;
    }
}
