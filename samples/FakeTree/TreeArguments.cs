using System.CommandLine;

namespace GreenAI.Metering.Samples;

/// <summary>The options that describe the machine to make.</summary>
internal sealed class TreeArguments
{
    private static readonly PowercapTreeOptions _defaults = new();

    private readonly Option<int> _sockets = New("--sockets", "Number of packages.", _defaults.Sockets).Within(1, 64);
    private readonly Option<int> _dies = New("--dies", "Dies per package; above 1 all mirror one counter.", _defaults.Dies).Within(1, 16);
    private readonly Option<bool> _dram = New("--dram", "A memory zone in each package.", _defaults.Dram);
    private readonly Option<bool> _psys = New("--psys", "A platform zone that contains all others.", _defaults.Psys);
    private readonly Option<bool> _mmio = New("--mmio", "A second control type that repeats the packages.", _defaults.Mmio);
    private readonly Option<long> _range =
        New("--range", "Largest counter value in uJ, of memory too when given; a small one wraps soon.", _defaults.RangeMicrojoules)
            .Within(1, long.MaxValue);

    private readonly Option<long> _start =
        New("--start-counter", "First value of the counters in uJ; just below the range, a wrap comes soon.", _defaults.StartMicrojoules)
            .Within(0, long.MaxValue);

    private readonly Option<decimal> _maxPower =
        New("--max-power", "Thermal design power of a package in W; 0 for not stated.", _defaults.MaxPowerMicrowatts / 1_000_000m)
            .Within(0, 1_000_000);

    private Option[] All => [_sockets, _dies, _dram, _psys, _mmio, _range, _start, _maxPower];

    public void AddTo(Command command)
    {
        foreach (Option option in All) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.Errors.Any()) return;
            long range = result.GetValue(_range);
            long start = result.GetValue(_start);
            if (start > range) result.AddError(FormattableString.Invariant($"--start-counter is {start}, but must be 0 to {range} (--range)."));
        });
    }

    /// <summary>The names of the options that were given.</summary>
    public string[] Given(ParseResult result) => [.. All.Where(result.IsGiven).Select(static option => option.Name)];

    public PowercapTreeOptions Read(ParseResult result) => new()
    {
        Sockets = result.GetValue(_sockets),
        Dies = result.GetValue(_dies),
        Dram = result.GetValue(_dram),
        Psys = result.GetValue(_psys),
        Mmio = result.GetValue(_mmio),
        RangeMicrojoules = result.GetValue(_range),
        DramRangeMicrojoules = result.IsGiven(_range) ? result.GetValue(_range) : _defaults.DramRangeMicrojoules,
        StartMicrojoules = result.GetValue(_start),
        MaxPowerMicrowatts = (long)(result.GetValue(_maxPower) * 1_000_000m),
    };

    private static Option<T> New<T>(string name, string description, T byDefault) =>
        new(name) { Description = description, DefaultValueFactory = _ => byDefault };
}
