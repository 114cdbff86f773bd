namespace GreenAI.Metering;

/// <summary>What kind of work a model does. It changes no number, only what is said of it.</summary>
public enum WorkloadKind
{
    /// <summary>Not said.</summary>
    Unspecified,

    /// <summary>One answer of a fixed shape per query: classification, regression, ranking, embedding.</summary>
    Predictive,

    /// <summary>Text, images or sound made piece by piece: the guide's 10 mJ per query is not meant for it.</summary>
    Generative,
}
