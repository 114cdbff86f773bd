namespace GreenAI.Metering.Samples.InferenceService;

/// <summary>The models of the service, by name.</summary>
internal sealed class DigitModels : IDisposable
{
    /// <summary>Softmax regression: 650 numbers, right on some 95 % of unseen pictures.</summary>
    public const string Small = "digits-lr";

    /// <summary>A perceptron of 167,178 numbers, right on some 97 %.</summary>
    public const string Standard = "digits-mlp";

    /// <summary>The same perceptron, four times as wide: the same answers for some 13 times the arithmetic. What a careless release looks like.</summary>
    public const string Wide = "digits-wide";

    private readonly Dictionary<string, DigitModel> _models = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = [Small, Standard, Wide];

    /// <exception cref="KeyNotFoundException">There is no model of that name: a policy that degrades to it has to be mended.</exception>
    public DigitModel this[string name] => _models.TryGetValue(name, out DigitModel? model)
        ? model
        : throw new KeyNotFoundException($"There is no model '{name}' here; there are {string.Join(", ", _models.Keys)}.");

    public void Add(DigitModel model) => _models.Add(model.Name, model);

    public void Dispose()
    {
        foreach (DigitModel model in _models.Values) model.Dispose();
    }
}
