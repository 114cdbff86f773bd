namespace GreenAI.Metering;

/// <summary>A piece of hardware whose making is accounted for.</summary>
public sealed class EmbodiedOptions
{
    /// <summary>An entry of the catalogue of published figures (<see cref="EmbodiedCatalogue"/>), such as <c>nvidia-h100-sxm</c>.</summary>
    /// <value>Null: <see cref="KilogramsCO2e"/> says it.</value>
    public string? Hardware { get; set; }

    /// <summary>Embodied carbon of one piece in kg CO2e, from cradle to grave as far as your source goes; instead of the catalogue's.</summary>
    /// <value>Null: the catalogue's. Above 0, at most 1,000,000.</value>
    public double? KilogramsCO2e { get; set; }

    /// <summary>Where <see cref="KilogramsCO2e"/> comes from, for reports.</summary>
    /// <value>Null.</value>
    public string? Source { get; set; }

    /// <summary>How far the truth may lie from <see cref="KilogramsCO2e"/>, as a fraction of it.</summary>
    /// <value>Null: the catalogue's, or not known. From 0 to 10.</value>
    public double? Uncertainty { get; set; }

    /// <summary>Over how many years it is written off. Without one the embodied carbon is unavailable, not 0.</summary>
    /// <value>Null: the catalogue's, where its source uses one. From 0.1 to 50.</value>
    public double? LifespanYears { get; set; }

    /// <summary>How many pieces.</summary>
    /// <value>1. From 1 to 100,000; all pieces together weigh at most 10,000,000 kg CO2e.</value>
    public int Count { get; set; } = 1;

    /// <summary>
    /// The part of them reserved for this process (SCI's RS). Of a server with accelerators it is the accelerators' share, not the
    /// processors': 1 of 8 boards is 0.125, with however many of its processors.
    /// </summary>
    /// <value>1. Above 0, at most 1.</value>
    public double Share { get; set; } = 1;

    /// <summary>
    /// The devices whose busy time tells who used it: <c>cpu</c>, <c>gpu</c>, <c>accelerator</c>, or how a device's identifier begins. Null:
    /// what the catalogue says it is, else <c>gpu</c> where a GPU is metered and <c>cpu</c> elsewhere.
    /// </summary>
    /// <value>Null.</value>
    public string? Devices { get; set; }
}
