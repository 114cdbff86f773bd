namespace GreenAI.Metering;

/// <summary>By what a device's dynamic energy is split over models. Written by the closer only.</summary>
internal sealed class ShareWeights
{
    public ShareWeights(int models)
    {
        (Watts, Doubt, Uses) = (new double[models], new double[models], new bool[models]);
        // Of a model that nothing was declared of.
        Watts.AsSpan().Fill(1);
        Uses.AsSpan().Fill(true);
    }

    /// <summary>Watts of one active inference, by model; 0 where a model does not use the device. Only their ratios count.</summary>
    public double[] Watts { get; }

    /// <summary>How far a model's part of a split may be off, as a fraction of it.</summary>
    public double[] Doubt { get; }

    /// <summary>Whether every model uses the device.</summary>
    public bool AllUse { get; set; } = true;

    /// <summary>Whether the model uses the device.</summary>
    public bool[] Uses { get; }

    /// <summary>By what part an inference draws less for each one that is active.</summary>
    public double Crowding { get; set; }

    /// <summary>Whether <see cref="Watts"/> are watts yet, and not mere ratios.</summary>
    public bool Learned { get; set; }

    /// <summary>Watts the device draws for being awake at all, whoever is active.</summary>
    public double WakeUp { get; set; }
}
