namespace GreenAI.Metering;

/// <summary>Least squares of power over total concurrency, to guess the idle power of a host never seen idle.</summary>
internal sealed class InterceptFit
{
    private const int MinimumRows = 10;
    private const double MinimumVariation = 0.02;
    private const double HalfLifeSeconds = 60;

    private int _rows;
    private double _lowest = double.MaxValue;
    private double _weight, _x, _y, _xx, _xy;

    public void Add(double concurrency, double watts, double seconds)
    {
        double keep = Math.Pow(0.5, seconds / HalfLifeSeconds);
        _weight = (_weight * keep) + seconds;
        _x = (_x * keep) + (seconds * concurrency);
        _y = (_y * keep) + (seconds * watts);
        _xx = (_xx * keep) + (seconds * concurrency * concurrency);
        _xy = (_xy * keep) + (seconds * concurrency * watts);
        _lowest = Math.Min(_lowest, watts);
        _rows++;
    }

    /// <summary>The power at no concurrency, between 0 and the lowest seen; false when concurrency varied too little to tell.</summary>
    public bool TryGetIntercept(out double watts)
    {
        watts = 0;
        if (_rows < MinimumRows || _weight <= 0) return false;
        double mean = _x / _weight;
        double variance = (_xx / _weight) - (mean * mean);
        if (mean <= 0 || variance / (mean * mean) <= MinimumVariation) return false;
        double slope = ((_xy / _weight) - (mean * _y / _weight)) / variance;
        watts = Math.Clamp((_y / _weight) - (slope * mean), 0, _lowest);
        return true;
    }
}
