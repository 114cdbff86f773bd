namespace GreenAI.Metering;

/// <summary>The targets, looked up once.</summary>
internal sealed class KpiTargets(KpiOptions options)
{
    private readonly KpiTarget?[] _targets = options.ToArray();

    /// <summary>The value with its target.</summary>
    public KpiValue Judge(in KpiValue value) => value with { Target = _targets[(int)value.Kpi] };
}
