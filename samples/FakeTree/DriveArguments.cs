using System.CommandLine;

namespace GreenAI.Metering.Samples;

/// <summary>The options of a drive: how much, how long, and what goes wrong.</summary>
internal sealed class DriveArguments
{
    private const double MaxSeconds = 1_000_000;

    private readonly Option<decimal> _watts =
        new Option<decimal>("--watts") { Description = "Watts of each package.", DefaultValueFactory = _ => 65 }.Within(0, 100_000);

    private readonly Option<decimal> _dramWatts =
        new Option<decimal>("--dram-watts") { Description = "Watts of each memory zone.", DefaultValueFactory = _ => 5 }.Within(0, 100_000);

    private readonly Option<double> _seconds =
        new Option<double>("--seconds") { Description = "How long to drive.", DefaultValueFactory = _ => 60 }.Within(0, MaxSeconds);

    private readonly Option<int> _period =
        new Option<int>("--period") { Description = "Milliseconds between two writes.", DefaultValueFactory = _ => 10 }.Within(1, 60_000);

    private readonly Option<string?> _fault = new("--fault") { Description = "What goes wrong: eio-like, garbage, remove or unreadable." };
    private readonly Option<string?> _faultZone = new("--fault-zone") { Description = "Which zone fails, by name; default the first." };

    private readonly Option<double> _faultAt =
        new Option<double>("--fault-at") { Description = "Seconds until the fault.", DefaultValueFactory = _ => 1 }.Within(0, MaxSeconds);

    private readonly Option<double> _faultFor =
        new Option<double>("--fault-for") { Description = "Seconds the fault lasts.", DefaultValueFactory = _ => 1 }.Within(0, MaxSeconds);

    public DriveArguments() => _fault.AcceptOnlyFromAmong("eio-like", "garbage", "remove", "unreadable");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_watts, _dramWatts, _seconds, _period, _fault, _faultZone, _faultAt, _faultFor])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(_fault) is not null) return;
            foreach (Option option in (Option[])[_faultZone, _faultAt, _faultFor])
            {
                if (result.GetResult(option) is { Implicit: false }) result.AddError($"{option.Name} says nothing without --fault.");
            }
        });
    }

    public TimeSpan Length(ParseResult result) => TimeSpan.FromSeconds(result.GetValue(_seconds));

    public TimeSpan Period(ParseResult result) => TimeSpan.FromMilliseconds(result.GetValue(_period));

    public PowercapDriver Driver(ParseResult result, PowercapTree tree) =>
        new(tree, result.GetValue(_watts), result.GetValue(_dramWatts));

    public FaultPlan? Fault(ParseResult result, PowercapTree tree)
    {
        PowercapFault? fault = result.GetValue(_fault) switch
        {
            "eio-like" => PowercapFault.Eio,
            "garbage" => PowercapFault.Garbage,
            "remove" => PowercapFault.Remove,
            "unreadable" => PowercapFault.Unreadable,
            _ => null,
        };
        if (fault is null) return null;
        PowercapZone zone = result.GetValue(_faultZone) is { } name ? tree.Zone(name) : tree.Zones[0];
        TimeSpan at = TimeSpan.FromSeconds(result.GetValue(_faultAt));
        return new FaultPlan(tree, zone, fault.Value, at, TimeSpan.FromSeconds(result.GetValue(_faultFor)));
    }
}
