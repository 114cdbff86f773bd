namespace GreenAI.Metering;

/// <summary>
/// κ of attribution, section 5: the moving average, by model, of what was billed over what learned watts × active time foresaw. It
/// mends what no watts can say: wake-up power, turbo, saturation. Called by the closer only.
/// </summary>
internal sealed class ProvisionalCorrection(int models)
{
    private const double HalfLifeSeconds = 10;

    private readonly double[] _billed = new double[models];
    private readonly double[] _foreseen = new double[models];

    /// <summary>Takes in an interval whose energy was split.</summary>
    /// <param name="device">The device.</param>
    /// <param name="seconds">Length of the interval.</param>
    /// <param name="devices">How many devices there are: each closes intervals of its own, and all age the same sums.</param>
    /// <param name="count">How many models are in use.</param>
    /// <param name="microsecondsPerTick">Length of a tick.</param>
    public void Add(DeviceMeter device, double seconds, int devices, int count, double microsecondsPerTick)
    {
        ShareWeights weights = device.Books.Weights;
        if (!weights.Learned) return;
        double keep = Math.Pow(0.5, seconds / (HalfLifeSeconds * devices));
        for (int model = 0; model < count; model++)
        {
            ref readonly ModelBook book = ref device.Books.Models[model];
            if (book.LastActiveTicks == 0) continue;
            _billed[model] = (_billed[model] * keep) + (book.Rate.Dynamic * book.LastActiveTicks);
            _foreseen[model] = (_foreseen[model] * keep) + (weights.Watts[model] * book.LastActiveTicks * microsecondsPerTick);
        }
    }

    /// <summary>What to multiply a provisional figure with; 1 until something was billed.</summary>
    public double Factor(int model) => _foreseen[model] > 0 ? Math.Clamp(_billed[model] / _foreseen[model], 0.1, 10) : 1;
}
