using GreenAI.Metering;
using GreenAI.Metering.Samples.QuickStart;
using Microsoft.Extensions.Configuration;
using Spectre.Console;

const int TrainRows = 1400;
const int Batch = 128;
const int SplitSeed = 3;

TimeProvider time = TimeProvider.System;
IAnsiConsole console = SampleConsole.Create();
IConfiguration configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
SampleOptions options;
GreenAIMeteringOptions metering = new();
EnergyMeter started;
try
{
    options = SampleOptions.From(configuration);
    configuration.GetSection("GreenAI").Bind(metering);
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

(DigitSet train, DigitSet test) = DigitsCsv.LoadEmbedded().Split(TrainRows, SplitSeed);
using ExportedModel linear = Prepare(TrainingPlan.Linear);
using ExportedModel perceptron = Prepare(TrainingPlan.Perceptron);
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
await new Workload(test, Batch, time).RunAsync(phases, SampleConsole.Display(console));

EnergyTotals totals = await meter.SettleAsync();
RunReport report = RunReport.From(totals, models.Zip(exported, (model, from) => (model.Name, model.Tally.Inferences, from.Accuracy)));
report.Print(console);
if (report.Balanced) return 0;
Console.Error.WriteLine("The books do not balance: a difference above is not 0 µJ, or an inference was not billed exactly once. This is a defect of the meter.");
return 1;

ExportedModel Prepare(TrainingPlan plan)
{
    long start = time.GetTimestamp();
    DenseNetwork network = Trainer.Train(plan, train);
    TimeSpan trained = time.GetElapsedTime(start);
    ExportedModel model = new(plan.Name, network, test);
    int agreed = test.Count - model.Disagreements;
    console.WriteLine(FormattableString.Invariant(
        $"{plan.Name} ({string.Join('-', plan.Sizes)}): trained on {train.Count:N0} pictures in {trained.TotalSeconds:0.0} s, ")
        + FormattableString.Invariant($"{model.Accuracy:P2} right on {test.Count} unseen;"));
    console.WriteLine(FormattableString.Invariant(
        $"  as ONNX {model.OnnxBytes:N0} bytes, ONNX Runtime and C# agree on {agreed} of {test.Count}."));
    return model;
}
