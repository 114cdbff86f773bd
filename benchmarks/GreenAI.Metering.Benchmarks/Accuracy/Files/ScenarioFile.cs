using System.Text.Json;

namespace GreenAI.Metering.Benchmarks;

/// <summary>Reads scenarios from <c>Accuracy/Scenarios/*.json</c>; the keys are described in <c>Accuracy/Scenarios/README.md</c>.</summary>
internal static class ScenarioFile
{
    private const long MaximumBytes = 1 << 20;

    private static readonly Dictionary<string, ScenarioClass> _classes = new()
    {
        ["identifiable-linear"] = ScenarioClass.IdentifiableLinear,
        ["turbo-wakeup"] = ScenarioClass.TurboWakeup,
        ["saturated"] = ScenarioClass.Saturated,
        ["unidentifiable"] = ScenarioClass.Unidentifiable,
        ["weak"] = ScenarioClass.Weak,
    };

    /// <summary>The name of a class in files and tables.</summary>
    public static string NameOf(ScenarioClass scenarioClass) => _classes.Single(pair => pair.Value == scenarioClass).Key;

    /// <summary>The scenarios of a folder in order of their files' names.</summary>
    /// <exception cref="ScenarioFileException">A file is wrong.</exception>
    public static IReadOnlyList<Scenario> LoadAll(string folder)
    {
        Scenario[] scenarios = [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Load)];
        Scenario? twice = scenarios.GroupBy(static scenario => scenario.Name).FirstOrDefault(static group => group.Count() > 1)?.First();
        return twice is null ? scenarios : throw new ScenarioFileException(folder, $"two files have the name \"{twice.Name}\".");
    }

    /// <exception cref="ScenarioFileException">The text is wrong.</exception>
    public static Scenario Parse(string file, ReadOnlyMemory<byte> json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException exception)
        {
            throw new ScenarioFileException(file, $"no JSON: {exception.Message}");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new ScenarioFileException(file, "allowed: one object.");
            return Read(new JsonSection(file, "", document.RootElement));
        }
    }

    private static Scenario Load(string path)
    {
        string file = Path.GetFileName(path);
        return new FileInfo(path).Length <= MaximumBytes
            ? Parse(file, File.ReadAllBytes(path))
            : throw new ScenarioFileException(file, $"longer than {MaximumBytes} bytes.");
    }

    private static Scenario Read(JsonSection root)
    {
        List<ModelPlan> models = [.. root.List("models").Select(ModelSections.Model)];
        List<ArrivalPlan> arrivals = [];
        if (root.Has("generated")) ModelSections.Generate(root.Section("generated"), models, arrivals);
        if (models.Count == 0) throw root.Problem("models", "is missing; allowed: a list of objects, or generated");
        if (models.GroupBy(static model => model.Name).Any(static group => group.Count() > 1)) throw root.Problem("models", "has a name twice");
        arrivals.AddRange(root.List("arrivals").Select(section => ArrivalSections.Arrival(section, models)));
        if (arrivals.Count == 0) throw root.Problem("arrivals", "is missing; allowed: a list of objects");
        var scenario = new Scenario
        {
            Name = root.Text("name"),
            Class = root.Choice("class", _classes),
            LeadInSeconds = root.Number("leadInSeconds", 0, 60, 2),
            DurationSeconds = root.Number("durationSeconds", 1, 3600, 120),
            Counter = HostSections.Counter(root.Section("counter")),
            Idle = HostSections.Idle(root.Section("idle")),
            Host = HostSections.Host(root.Section("host")),
            Foreign = HostSections.Foreign(root.Section("foreign")),
            Models = models,
            Arrivals = arrivals,
            Pauses = ArrivalSections.Pauses(root.Section("pauses")),
            Bars = new ScenarioBars(null, null, null, null, null),
        };
        scenario = scenario with { Bars = BarSections.Bars(root.Section("bars"), scenario) };
        // A remark for readers of the file.
        root.Has("note");
        root.End();
        return scenario;
    }
}
