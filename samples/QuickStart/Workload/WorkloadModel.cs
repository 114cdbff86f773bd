namespace GreenAI.Metering.Samples.QuickStart;

/// <summary>A model as the workload uses it: a classifier for each thread, and the count of what they did.</summary>
internal sealed class WorkloadModel(string name, Func<InferenceTally, MeteredClassifier> createClassifier)
{
    public string Name => name;

    public InferenceTally Tally { get; } = new();

    public MeteredClassifier CreateClassifier() => createClassifier(Tally);
}
