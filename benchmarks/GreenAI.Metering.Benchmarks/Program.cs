using BenchmarkDotNet.Running;
using GreenAI.Metering.Benchmarks;

// "bars [part of a row's name]" holds the numbers of the design, in a minute and with an exit code; anything else is
// BenchmarkDotNet's.
if (args is ["bars", .. string[] filter] && filter.Length < 2) return BarsCommand.Run(filter.FirstOrDefault(""), Console.Out);

// "additivity" asks this machine's own sensors, in half a minute.
if (args is ["additivity"]) return await AdditivityCommand.RunAsync(Console.Out);

// "accuracy [--markdown] [part of a scenario's name]" attributes simulated energy whose truth is known, with an exit code.
if (args is ["accuracy", .. string[] rest]) return AccuracyCommand.Run(rest, Console.Out, Console.Error);

// "replay FILE" bills a recorded trace again.
if (args is ["replay", string path]) return ReplayCommand.Run(path, Console.Out);

// "throughput [pinned]" serves a minimal endpoint metered and bare, in a quarter of an hour and with an exit code.
if (args is ["throughput", .. string[] how] && how is [] or ["pinned"]) return ThroughputCommand.Run(how.Length > 0, Console.Out);
if (args is ["throughput-server", string order, .. string[] where])
    return await ThroughputServer.RunAsync([.. order.Split(',').Select(Enum.Parse<ThroughputArm>)], where.Length > 0, Console.In, Console.Out);

BenchmarkSwitcher.FromAssembly(typeof(BarsCommand).Assembly).Run(args);
return 0;
