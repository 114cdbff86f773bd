using GreenAI.Metering;

namespace Readme.Snippets;

#region Ranker
public sealed class Ranker(EnergyMeter meter, Func<string, float[], float[]> run)
{
    private readonly ModelHandle _ranker = meter.Model("ranker");

    public float[] Rank(float[] rows)
    {
        using Admission admission = meter.TryAdmit(_ranker); // what no inference begins with is given back at the end
        if (!admission.MayRun) throw new InvalidOperationException($"{admission.Reason} Try again in {admission.RetryAfter}.");

        ModelHandle model = admission.DegradeTo is { } cheaper ? meter.Model(cheaper) : _ranker;
        using InferenceScope scope = meter.Begin(model, admission);
        float[] ranks = run(model.Name, rows);
        scope.Complete();
        return ranks;
    }
}
#endregion
