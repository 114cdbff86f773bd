using GreenAI.Metering.Checks;
using GreenAI.Metering.Fuzz;

// Shows every reader of outside bytes inputs made from real ones and by chance. A short run without arguments; --inputs
// 1000000 and more for a person with time. The same seed makes the same inputs.
if (FuzzArguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(FuzzArguments.Usage);
    return 2;
}

IFuzzTarget[] targets = arguments.NegativeControl ? [new BrokenTarget(), new BrokenCorpusTarget(), new BrokenGuardTarget()] : FuzzTargets.All();
if (arguments.List)
{
    foreach (IFuzzTarget target in targets) Console.WriteLine(target.Name);
    return 0;
}

if (arguments.Target is { } name) targets = [.. targets.Where(target => target.Name == name)];
if (targets.Length == 0)
{
    Console.Error.WriteLine($"There is no target '{arguments.Target}'; --list tells them.");
    return 2;
}

CheckList checks = new(Console.Out);
FuzzRun run = new(arguments, Console.Out);
bool allWrong = true;
foreach (IFuzzTarget target in targets)
{
    string? found = run.Run(target);
    allWrong &= found is not null;
    checks.That(found is null, target.Name, found ?? "");
}

int code = checks.Close();
// A control that passes is a check that cannot fail.
return arguments.NegativeControl && !allWrong ? 0 : code;
