using System.Diagnostics;
using System.Globalization;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Measures how well the engine attributes energy on simulated hosts whose true energies are known.</summary>
internal static class AccuracyCommand
{
    private const string Markdown = "--markdown";
    private static readonly int[] _seeds = [1, 2, 3];

    /// <summary>Where the scenario files lie.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Accuracy", "Scenarios");

    /// <param name="args"><c>--markdown</c>, and part of the names of the scenarios to run; none for all.</param>
    /// <param name="output">Receives the table and the verdicts.</param>
    /// <param name="errors">Receives what is wrong with arguments and files.</param>
    /// <returns>0 when every bar is held; 1 when one is missed, a file is wrong or no scenario has that name.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        string[] filters = [.. args.Where(static arg => arg != Markdown)];
        if (filters.Length > 1 || filters.Any(static filter => filter.StartsWith('-')))
        {
            errors.WriteLine($"accuracy [{Markdown}] [part of a scenario's name]");
            return 1;
        }

        try
        {
            Scenario[] scenarios = [.. ScenarioFile.LoadAll(Folder)
                .Where(scenario => filters.All(filter => scenario.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))];
            if (scenarios.Length > 0) return Run(scenarios, args.Contains(Markdown), output);
            errors.WriteLine($"No scenario has \"{filters[0]}\" in its name.");
        }
        catch (ScenarioFileException exception)
        {
            errors.WriteLine(exception.Message);
        }

        return 1;
    }

    private static int Run(Scenario[] scenarios, bool markdown, TextWriter output)
    {
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<ScenarioResult> results = Measure(scenarios);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        AccuracyTable.Write(output, results, markdown);
        if (markdown) output.WriteLine();
        IReadOnlyList<BarVerdict> verdicts = Judge.All(results);
        output.WriteLine();
        foreach (BarVerdict verdict in verdicts) output.WriteLine(markdown ? $"- {verdict}" : verdict.ToString());
        int held = verdicts.Count(static verdict => verdict.Held);
        double simulated = scenarios.Sum(static scenario => scenario.TotalSeconds) * _seeds.Length * 2;
        long requests = results.Sum(static result => result.Equal.Concat(result.Learned).Sum(static run => run.Requests));
        output.WriteLine();
        output.WriteLine($"{held} of {verdicts.Count} bars are held.");
        if (!markdown)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{simulated:N0} s and {requests:N0} requests simulated in {elapsed.TotalSeconds:F1} s."));
        }

        return held == verdicts.Count ? 0 : 1;
    }

    /// <summary>Runs each scenario with each seed, by equal shares and learning; runs share nothing.</summary>
    private static ScenarioResult[] Measure(Scenario[] scenarios)
    {
        var runs = new RunResult[scenarios.Length, _seeds.Length, 2];
        Parallel.For(0, runs.Length, i =>
        {
            (int scenario, int rest) = Math.DivRem(i, _seeds.Length * 2);
            (int seed, int learn) = Math.DivRem(rest, 2);
            runs[scenario, seed, learn] = ScenarioRun.Execute(scenarios[scenario], _seeds[seed], learn == 1);
        });
        return [.. scenarios.Select((scenario, i) => new ScenarioResult(
            scenario,
            [.. _seeds.Select((_, seed) => runs[i, seed, 0])],
            [.. _seeds.Select((_, seed) => runs[i, seed, 1])]))];
    }
}
