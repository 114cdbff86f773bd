using System.CommandLine;

namespace GreenAI.Metering.Samples;

/// <summary><c>drive</c>: moves the counters of a tree, made before or now, and says exactly by how much.</summary>
internal static class DriveCommand
{
    public static Command Build()
    {
        Argument<string> path = new("path") { Description = "The folder of the tree; a missing tree is made." };
        TreeArguments treeArguments = new();
        DriveArguments arguments = new();
        Command command = new("drive", "Moves the counters of a tree at stated watts, then prints what each zone gained.") { path };
        treeArguments.AddTo(command);
        arguments.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            using PowercapTree tree = OpenOrCreate(result.GetRequiredValue(path), treeArguments, result);
            PowercapDriver driver = arguments.Driver(result, tree);
            FaultPlan? fault = arguments.Fault(result, tree);
            try
            {
                await RunAsync(driver, fault, arguments.Length(result), arguments.Period(result), cancellation);
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C is the usual way to end a long drive: the report below still holds for the time driven.
            }

            fault?.End();
            driver.Report(Console.Out);
        });
        return command;
    }

    private static async Task RunAsync(
        PowercapDriver driver, FaultPlan? fault, TimeSpan length, TimeSpan period, CancellationToken cancellation)
    {
        TimeProvider time = TimeProvider.System;
        long start = time.GetTimestamp();
        for (TimeSpan elapsed = TimeSpan.Zero; elapsed < length;)
        {
            TimeSpan left = length - elapsed;
            await Task.Delay(left < period ? left : period, time, cancellation);
            elapsed = time.GetElapsedTime(start);
            if (elapsed > length) elapsed = length;
            fault?.Apply(elapsed);
            driver.AdvanceTo(elapsed);
        }
    }

    private static PowercapTree OpenOrCreate(string root, TreeArguments arguments, ParseResult result)
    {
        if (!CreateCommand.Exists(root)) return PowercapTree.Create(root, arguments.Read(result));
        string[] given = arguments.Given(result);
        return given.Length == 0
            ? PowercapTree.Open(root)
            : throw new InvalidDataException(
                $"{root} already holds a tree, which {string.Join(" and ", given)} cannot change: leave the option out.");
    }
}
