namespace GreenAI.Metering.Samples.QuickStart.Tests;

public sealed class WorkloadTests(TrainedModels models) : IClassFixture<TrainedModels>
{
    private static readonly TimeSpan _brief = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(4, 4)]
    [InlineData(64, 8)]
    public void Plan_Processors_GiveTheThreadsOfTheLastPhase(int processors, int threads)
    {
        WorkloadModel a = new("a", _ => throw new InvalidOperationException());
        WorkloadModel b = new("b", _ => throw new InvalidOperationException());

        IReadOnlyList<WorkloadPhase> phases = WorkloadPhase.Plan([a, b], _brief, processors);

        Assert.Equal(["idle", "a alone", "b alone", $"together on {threads} threads"], phases.Select(phase => phase.Name));
        Assert.Equal([0, 1, 1, threads], phases.Select(phase => phase.Threads.Count));
        Assert.Equal(threads / 2, phases[^1].Threads.Count(model => model == a));
    }

    [Fact]
    public async Task RunAsync_AllPhases_CountsEveryModelAndWritesPlainLines()
    {
        using ExportedModel exported = new("digits-linear", models.Linear, models.Test);
        await using EnergyMeter meter = new();
        WorkloadModel model = new(
            "digits-linear",
            tally => new MeteredClassifier(meter, meter.Model("digits-linear"), new OnnxClassifier(exported.Session, 16), tally));
        StringWriter output = new();
        IPhaseDisplay display = PhaseDisplay.On(SampleConsole.Plain(output));

        await new Workload(models.Test, 16, TimeProvider.System)
            .RunAsync(WorkloadPhase.Plan([model], _brief, processors: 2), display);

        Assert.True(model.Tally.Inferences > 0);
        Assert.Equal(model.Tally.Inferences * 16, model.Tally.Rows);
        Assert.InRange(model.Tally.Right, model.Tally.Rows * 9 / 10, model.Tally.Rows);
        ModelTotals metered = (await meter.SettleAsync(TestContext.Current.CancellationToken)).Model("digits-linear")!;
        Assert.Equal((model.Tally.Inferences, model.Tally.Rows), (metered.Inferences, metered.WorkUnits));
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal("[1/3] idle, 0.05 s: nothing ran", lines[0].TrimEnd());
        Assert.Matches(@"^\[2/3\] digits-linear alone, 0\.05 s: [0-9,]+ of digits-linear\s*$", lines[1]);
        Assert.DoesNotContain('\x1b', output.ToString());
    }

    [Fact]
    public async Task RunAsync_ClassifierFails_EndsWithItsException()
    {
        WorkloadModel broken = new("broken", _ => throw new InvalidOperationException("no classifier"));
        IPhaseDisplay display = PhaseDisplay.On(SampleConsole.Plain(TextWriter.Null));

        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            new Workload(models.Test, 16, TimeProvider.System)
                .RunAsync([new WorkloadPhase("broken alone", _brief, [broken])], display));

        Assert.Equal("no classifier", failure.Message);
    }
}
