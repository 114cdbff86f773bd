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
try
{
    options = SampleOptions.From(configuration);
}
catch (InvalidOperationException refused)
{
    // A wrong value is the user's to mend: its message says how, a stack trace would not.
    Console.Error.WriteLine(refused.Message);
    return 2;
}

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
    new WorkloadModel(model.Name, tally => new MeteredClassifier(new OnnxClassifier(model.Session, Batch), tally)))];
IReadOnlyList<WorkloadPhase> phases = WorkloadPhase.Plan(models, options.Phase, Environment.ProcessorCount);

console.WriteLine();
console.WriteLine(FormattableString.Invariant($"One inference is a batch of {Batch} pictures."));
await new Workload(test, Batch, time).RunAsync(phases, SampleConsole.Display(console));

ModelRow[] rows = [.. models.Zip(exported, (model, from) => new ModelRow(model.Name, model.Tally.Inferences, from.Accuracy))];
RunReport report = new(rows, Devices: [], SelfCost: null);
report.Print(console);
return report.Balanced ? 0 : 1;

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
