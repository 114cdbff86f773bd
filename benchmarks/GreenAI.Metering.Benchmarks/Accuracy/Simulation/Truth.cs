namespace GreenAI.Metering.Benchmarks;

/// <summary>What really happened: see <see cref="PowerModel"/> for whose a joule is.</summary>
internal sealed class Truth(int models)
{
    private readonly double[] _joules = new double[models];
    private readonly double[] _busySeconds = new double[models];

    /// <summary>Dynamic joules of each model.</summary>
    public ReadOnlySpan<double> Joules => _joules;

    /// <summary>Seconds in which at least one inference of each model ran.</summary>
    public ReadOnlySpan<double> BusySeconds => _busySeconds;

    /// <summary>Dynamic joules of other processes.</summary>
    public double ForeignJoules { get; private set; }

    public void Add(ReadOnlySpan<double> watts, ReadOnlySpan<int> running, double foreignWatts, double seconds)
    {
        for (int model = 0; model < watts.Length; model++)
        {
            if (running[model] == 0) continue;
            _joules[model] += watts[model] * seconds;
            _busySeconds[model] += seconds;
        }

        ForeignJoules += foreignWatts * seconds;
    }
}
