namespace GreenAI.Metering.Benchmarks;

/// <summary>Makes the requests of one <see cref="ArrivalPlan"/> arrive.</summary>
/// <remarks>A rate that varies is thinned from its highest value; outside bursts nothing arrives, and inside them the more.</remarks>
internal sealed class ArrivalStream(
    ArrivalPlan plan, double startSeconds, Pauses pauses, SimulatedHost host, Action<int, Action> arrive, Draw draw, int index)
{
    private static readonly Action _nothing = static () => { };
    private readonly double _burstFactor =
        plan.BurstOnSeconds > 0 ? (plan.BurstOnSeconds + plan.BurstOffSeconds) / plan.BurstOnSeconds : 1;

    private bool _burst = true;
    private double _burstChange;

    public void Start()
    {
        foreach (double seconds in plan.AtSeconds) At(startSeconds + seconds, () => arrive(index, _nothing));
        for (int worker = 0; worker < plan.Workers; worker++) Think(startSeconds);
        if (plan.Rate == 0) return;
        _burstChange = startSeconds + (plan.BurstOnSeconds > 0 ? draw.Exponential(plan.BurstOnSeconds) : double.PositiveInfinity);
        Next(startSeconds);
    }

    private void Think(double now) => At(pauses.EndAt(now + draw.Of(plan.ThinkDistribution, plan.ThinkSeconds)), () =>
        arrive(index, () => Think(host.Time.NowSeconds)));

    private void Next(double now)
    {
        double highest = plan.Rate * (1 + plan.SineAmplitude) * _burstFactor;
        double seconds = now + draw.Exponential(1 / highest);
        bool kept = draw.Uniform() * highest < RateAt(seconds);
        At(seconds, () =>
        {
            if (kept) arrive(index, _nothing);
            Next(seconds);
        });
    }

    private double RateAt(double seconds)
    {
        while (seconds >= _burstChange)
        {
            _burst = !_burst;
            _burstChange += draw.Exponential(_burst ? plan.BurstOnSeconds : plan.BurstOffSeconds);
        }

        if (!_burst || pauses.EndAt(seconds) > seconds) return 0;
        double sine = plan.SineAmplitude == 0 ? 0 : plan.SineAmplitude * Math.Sin(2 * Math.PI * (seconds - startSeconds) / plan.SinePeriodSeconds);
        return plan.Rate * (1 + sine) * _burstFactor;
    }

    private void At(double seconds, Action action) => host.Events.At(SimulatedTime.Nanoseconds(seconds), action);
}
