using System.Diagnostics;
using System.Globalization;

namespace GreenAI.Metering.LedgerStress;

/// <summary>Eight workers that share a budget, and what they really did.</summary>
internal sealed class StressFleet : IDisposable
{
    public const int Workers = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("greenai-stress-").FullName;
    private readonly StressTerms _terms;
    private readonly List<TruthFile> _truth = [];
    private readonly Process[] _workers = new Process[Workers];

    public StressFleet(StressTerms terms)
    {
        _terms = terms;
        for (int i = 0; i < Workers; i++) _workers[i] = Start();
    }

    public int Kills { get; private set; }

    public long Spent => _truth.Sum(static truth => truth.Spent);

    public long Admissions => _truth.Sum(static truth => truth.Admissions);

    public long Exchanges => _truth.Sum(static truth => truth.Exchanges);

    public long Microseconds => _truth.Sum(static truth => truth.Microseconds);

    public Process this[int index] => _workers[index];

    /// <summary>Ends a worker by signal 9, and starts another in its place.</summary>
    public void KillAndReplace(int index)
    {
        _workers[index].Kill();
        _workers[index].WaitForExit();
        _workers[index].Dispose();
        Kills++;
        _workers[index] = Start();
    }

    /// <summary>Lets all workers give back what they hold and end.</summary>
    /// <returns>How many ended well.</returns>
    public int End()
    {
        foreach (Process worker in _workers) worker.StandardInput.Close();
        int well = 0;
        foreach (Process worker in _workers)
        {
            if (worker.WaitForExit(8000) && worker.ExitCode == 0) well++;
        }

        return well;
    }

    public void Dispose()
    {
        foreach (Process worker in _workers)
        {
            if (!worker.HasExited) worker.Kill();
            worker.Dispose();
        }

        foreach (TruthFile truth in _truth) truth.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Process Start()
    {
        string path = Path.Combine(_folder, _truth.Count.ToString(CultureInfo.InvariantCulture));
        _truth.Add(new TruthFile(path));
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(StressFleet).Assembly.Location);
        foreach (string argument in (string[])["redis-worker", path, .. _terms.ToWords()]) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
