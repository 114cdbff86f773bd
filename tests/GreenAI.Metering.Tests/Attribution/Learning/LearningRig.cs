namespace GreenAI.Metering.Tests;

/// <summary>A meter over devices that draw a stated power for each active inference, ticked by hand.</summary>
internal sealed class LearningRig : IDisposable
{
    private readonly double[] _idle;
    private readonly List<InferenceScope>[] _open;
    private readonly double[] _rest;
    private double[]? _spent;

    public LearningRig(GreenAIMeteringOptions options, string[] models, double[] idle, params PowerDevice[] devices)
        : this(options, learnPower: true, models, idle, devices)
    {
    }

    public LearningRig(GreenAIMeteringOptions options, bool learnPower, string[] models, double[] idle, params PowerDevice[] devices)
    {
        Rig = new MeterRig(options, learnPower, devices);
        Models = models;
        _idle = idle;
        _open = [.. models.Select(_ => new List<InferenceScope>())];
        _rest = new double[devices.Length];
    }

    public MeterRig Rig { get; }

    public string[] Models { get; }

    /// <summary>Watts of one active inference, by device and model.</summary>
    public required double[][] Truth { get; set; }

    /// <summary>Joules that were truly the models', by model.</summary>
    public double[] Spent => _spent ??= new double[Models.Length];

    /// <summary>Sets how many inferences of each model are active, ending and beginning some.</summary>
    public void Mix(params int[] active)
    {
        for (int model = 0; model < active.Length; model++)
        {
            List<InferenceScope> open = _open[model];
            while (open.Count < active[model]) open.Add(Rig.Meter.Begin(Models[model]));
            while (open.Count > active[model])
            {
                open[^1].Complete();
                open.RemoveAt(open.Count - 1);
            }
        }
    }

    /// <summary>Lets time pass, and closes.</summary>
    public void Pass(double seconds, bool tick = true)
    {
        for (int device = 0; device < Truth.Length; device++)
        {
            double watts = _idle[device];
            for (int model = 0; model < _open.Length; model++)
            {
                double own = Truth[device][model] * _open[model].Count;
                watts += own;
                Spent[model] += own * seconds;
            }

            double microjoules = (watts * seconds * 1e6) + _rest[device];
            long whole = (long)Math.Floor(microjoules);
            _rest[device] = microjoules - whole;
            Rig.Source[device].Add(whole);
        }

        double busy = _open.Any(open => open.Count > 0) ? seconds : 0;
        Rig.Processor.Own += busy;
        Rig.Processor.Busy += busy;
        Rig.Time.Advance(TimeSpan.FromSeconds(seconds));
        if (tick) Rig.Meter.Engine.Tick();
    }

    /// <summary>A mix at random, 0 to 2 inferences of each model, changed with each step.</summary>
    public void RunAtRandom(Random random, int steps, double stepSeconds, int stepsPerTick = 1)
    {
        int[] active = new int[Models.Length];
        for (int step = 0; step < steps; step++)
        {
            for (int model = 0; model < active.Length; model++) active[model] = random.Next(3);
            Mix(active);
            Pass(stepSeconds, tick: (step + 1) % stepsPerTick == 0);
        }
    }

    public ModelPower? Learned(int model, int device = 0) => Rig.Meter.GetTotals().Models
        .Single(total => total.Name == Models[model]).LearnedPower
        .SingleOrDefault(power => power.Device.Id == Rig.Source.Devices[device].Id);

    public void Dispose() => Rig.Dispose();
}
