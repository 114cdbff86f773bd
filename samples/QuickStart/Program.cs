using GreenAI.Metering;
using GreenAI.Metering.Samples;
using GreenAI.Metering.Samples.QuickStart;
using Microsoft.Extensions.Configuration;
using Spectre.Console;

const int TrainRows = 1400;
const int Batch = 128;
const int SplitSeed = 3;
const double AccuracyGoal = 0.95;
const long PicturesPerOutcome = 1_000_000;

TimeProvider time = TimeProvider.System;
IAnsiConsole console = SampleConsole.Create();
IConfiguration configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
SampleOptions options;
PolicyText policy;
GreenAIMeteringOptions metering = new();
EnergyMeter started;
string carbonStated;
try
{
    options = SampleOptions.From(configuration);
    configuration.GetSection("GreenAI").Bind(metering);
    carbonStated = ExampleCarbon.Apply(metering, configuration);
    ExampleCarbon.StateWorkload(metering, TrainingPlan.All);
    policy = PolicyText.Read(options.PolicyPath);
    if (options.Budget > TimeSpan.Zero) metering.Budgets.AuditFolder ??= options.AuditFolder;
    metering.Budgets.Service ??= "quickstart";
    started = new EnergyMeter(metering);
}
catch (Exception refused) when (refused is InvalidOperationException or ArgumentException)
{
    // A wrong value is the user's to mend: its message says how, a stack trace would not.
    Console.Error.WriteLine(refused.Message);
    return 2;
}

// One meter for the whole process, from here on: training is energy too, though no inference's.
await using EnergyMeter meter = started;
meter.Start();
DetectionTable.Print(console, meter.Detection.Findings);
console.WriteLine();
console.WriteLine(carbonStated);
console.WriteLine();

(DigitSet train, DigitSet test) = DigitsCsv.LoadEmbedded().Split(TrainRows, SplitSeed);
using ExportedModel linear = await PrepareAsync(TrainingPlan.Linear);
using ExportedModel perceptron = await PrepareAsync(TrainingPlan.Perceptron);
ExportedModel[] exported = [linear, perceptron];
if (exported.Any(model => model.Disagreements > 0))
{
    Console.Error.WriteLine("ONNX Runtime and C# must agree on every picture: the exported model is not the trained one.");
    return 1;
}

WorkloadModel[] models = [.. exported.Select(model =>
    new WorkloadModel(model.Name, tally => new MeteredClassifier(meter, meter.Model(model.Name), new OnnxClassifier(model.Session, Batch), tally)))];
IReadOnlyList<WorkloadPhase> phases = WorkloadPhase.Plan(models, options.Phase, Environment.ProcessorCount);

console.WriteLine();
console.WriteLine(FormattableString.Invariant($"One inference is a batch of {Batch} pictures."));
Workload workload = new(test, Batch, time);
await workload.RunAsync(phases, PhaseDisplay.On(console));
BudgetPhase? budgets = await SpendBudgetAsync();

// An outcome is what the application is there for: here, a million pictures told right.
long outcomes = models.Sum(model => model.Tally.Right) / PicturesPerOutcome;
if (outcomes > 0) meter.Kpis.RecordOutcome(outcomes);

// Every bill becomes final; then the meter stops, so that the tables and the report are of the same moment.
await meter.SettleAsync();
BoardReport? board = budgets is null ? null : await meter.Budgets.ReportAsync(CancellationToken.None);
await meter.DisposeAsync();
EnergyTotals totals = meter.GetTotals();
RunReport report = RunReport.From(totals, models.Zip(exported, (model, from) => (model.Name, model.Tally.Inferences, from.Accuracy)));
report.Print(console);

EfficiencyReport written = await meter.ReportAsync("QuickStart");
console.WriteLine();
KpiTable.Print(console, written.Kpis, written.Kpis.Min(kpi => kpi.Window) ?? TimeSpan.Zero);
FactorLines.Print(console, totals.Carbon);
console.WriteLine(FormattableString.Invariant($"E2S: a solution is a model that is right on {AccuracyGoal:P0} of unseen pictures."));
console.WriteLine(FormattableString.Invariant($"CHO: an outcome is {PicturesPerOutcome:N0} pictures told right. SCI: a work unit is one picture."));
console.WriteLine();

CpiCheck? check;
try
{
    if (board is not null) await BoardFiles.WriteAsync(board, options);
    await ReportFiles.WriteAsync(written, options);
    check = await ReportFiles.CheckAsync(options.ReportPath);
}
catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"The report was not written. {refused.Message}");
    return 2;
}

console.WriteLine($"The report: {options.ReportPath}, for people {options.MarkdownPath}");
if (budgets is not null) console.WriteLine($"For the board: {options.BoardPath}, for people {options.BoardMarkdownPath}");
if (check is null) console.WriteLine("Carbon per Inference is not in it, or no window covers the whole run: there is nothing to recompute.");
foreach (string line in check?.Lines() ?? []) console.WriteLine(line);
if (!report.Balanced)
{
    Console.Error.WriteLine("The books do not balance: a difference above is not 0 µJ, or an inference was not billed exactly once. This is a defect of the meter.");
    return 1;
}

if (check is { Agrees: false })
{
    Console.Error.WriteLine("Carbon per Inference differs from what the report's own fields give. This is a defect of the meter.");
    return 1;
}

return budgets is null || await IsKeptAsync(budgets) ? 0 : 1;

async Task<BudgetPhase?> SpendBudgetAsync()
{
    if (options.Budget == TimeSpan.Zero) return null;
    console.WriteLine();
    BudgetPhase phase = new(meter, policy, console, time);
    return await phase.RunAsync(models[1], models[0], workload, test, Batch, options.Budget) ? phase : null;
}

async Task<bool> IsKeptAsync(BudgetPhase phase)
{
    AuditLog audit = meter.Budgets.Audit!;
    (bool isIntact, IReadOnlyList<string> lines) = await AuditCheck.RunAsync(audit.Folder, audit.Head);
    foreach (string line in lines) console.WriteLine(line);
    console.WriteLine($"Verdicts seen: {string.Join(" -> ", phase.Trail.Changes.Select(change => change.Verdict))}.");
    if (!phase.Trail.IsComplete) Console.Error.WriteLine("Not all of Allow, Warn, Degrade, Deny and Allow again was seen in time: see the table of verdicts.");
    if (!isIntact) Console.Error.WriteLine("The audit log was changed after it was written. Remove its folder to begin anew.");
    return isIntact && phase.Trail.IsComplete;
}

async Task<ExportedModel> PrepareAsync(TrainingPlan plan)
{
    EnergyWindow window = meter.StartWindow($"training {plan.Name}");
    long start = time.GetTimestamp();
    DenseNetwork network = Trainer.Train(plan, train);
    TimeSpan trained = time.GetElapsedTime(start);
    EnergyReading reading = await window.StopAsync();
    ExportedModel model = new(plan.Name, network, test);
    TrainingEnergy energy = TrainingEnergy.OfReading(reading);
    meter.Kpis.RecordTraining(plan.Name, new ModelTraining
    {
        Energy = energy,
        Accuracy = model.Accuracy,
        TaskAndMetric = "digits, accuracy",
        DataBytes = train.Bytes,
    });
    meter.Kpis.RecordAttempt(plan.Name, reading, reached: model.Accuracy >= AccuracyGoal);
    int agreed = test.Count - model.Disagreements;
    string joules = energy.Gap == KpiGap.None ? SiText.Quantity(energy.KilowattHours.Value * 3.6e6, "J") : "energy not known";
    console.WriteLine(FormattableString.Invariant(
        $"{plan.Name} ({string.Join('-', plan.Sizes)}): trained on {train.Count:N0} pictures in {trained.TotalSeconds:0.0} s, {joules};"));
    console.WriteLine(FormattableString.Invariant(
        $"  {model.Accuracy:P2} right on {test.Count} unseen; as ONNX {model.OnnxBytes:N0} bytes, it agrees with C# on {agreed} of {test.Count}."));
    return model;
}
