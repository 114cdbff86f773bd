namespace GreenAI.Metering.Benchmarks;

/// <summary>What the engine has learned of the power of one active inference of a model.</summary>
/// <param name="Watts">The watts.</param>
/// <param name="Identified">Whether the data tell it, not the prior.</param>
internal readonly record struct LearnedPower(double Watts, bool Identified)
{
    /// <summary>Asks the engine; null where it has learned nothing: it splits by equal active time.</summary>
    public static LearnedPower? Of(MeteringEngine engine, int model) =>
        engine.Devices[0].Estimator.TryGet(model, out Metering.LearnedPower learned) ? new LearnedPower(learned.Watts, learned.IsIdentified) : null;
}
