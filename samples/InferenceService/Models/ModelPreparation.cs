namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>Trains the models before the service answers: a few seconds. Training is metered too: it is part of what a model costs.</summary>
internal sealed class ModelPreparation(EnergyMeter meter, DigitModels models, ILogger<ModelPreparation> logger) : IHostedService
{
    private const int TrainRows = 1400;
    private const int SplitSeed = 3;
    private const int WideCopies = 4;

    // The policy's charter: right on 95 % of unseen pictures.
    private const double AccuracyGoal = 0.95;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        (DigitSet train, DigitSet test) = DigitsCsv.LoadEmbedded().Split(TrainRows, SplitSeed);
        (DenseNetwork network, EnergyReading energy) = await TrainAsync(TrainingPlan.Linear, train);
        Add(DigitModels.Small, network, energy, train, test);
        (network, energy) = await TrainAsync(TrainingPlan.Perceptron, train);
        Add(DigitModels.Standard, network, energy, train, test);

        // Made of the perceptron: what that took to train, this one took too.
        Add(DigitModels.Wide, Widening.Widen(network, WideCopies), energy, train, test);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<(DenseNetwork Network, EnergyReading Energy)> TrainAsync(TrainingPlan plan, DigitSet train)
    {
        EnergyWindow window = meter.StartWindow($"training {plan.Name}");
        DenseNetwork network = Trainer.Train(plan, train);
        return (network, await window.StopAsync());
    }

    private void Add(string name, DenseNetwork network, EnergyReading energy, DigitSet train, DigitSet test)
    {
        ExportedModel exported = new(name, network, test);
        models.Add(new DigitModel(name, exported.Session));
        meter.Kpis.RecordTraining(name, new ModelTraining
        {
            Energy = TrainingEnergy.OfReading(energy),
            Accuracy = exported.Accuracy,
            TaskAndMetric = "digits, accuracy",
            DataBytes = train.Bytes,
        });
        meter.Kpis.RecordAttempt(name, energy, reached: exported.Accuracy >= AccuracyGoal);
        Log.ModelReady(logger, name, exported.Accuracy, exported.OnnxBytes);
    }
}
