namespace GreenAI.Metering.Tests;

/// <summary>Worked examples by hand, from SCI (ISO/IEC 21031) and from the guide's definitions.</summary>
public sealed class KpiExampleTests
{
    private static readonly Dictionary<string, KpiExample> _examples = KpiExamples.All.ToDictionary(example => example.Name);

    public static TheoryData<string> Names => [.. _examples.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Example_IsWhatTheHandSays(string name)
    {
        KpiExample example = _examples[name];
        KpiValue value = example.Compute();
        Assert.Equal((example.Kpi, example.Gap), (value.Kpi, value.Gap));
        if (example.Expected is { } expected) Assert.Equal(expected, value.Value!.Value, Math.Abs(expected) * 1e-12);
        else Assert.Null(value.Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Example_CanBeRecomputedFromItsFields(string name)
    {
        KpiValue value = _examples[name].Compute();
        Assert.True(double.IsFinite(value.Numerator) && double.IsFinite(value.Denominator), $"{value.Numerator} / {value.Denominator}");
        if (value.Gap == KpiGap.None) Assert.Equal(value.Numerator / value.Denominator, value.Value);
        else Assert.Equal((null, null, false), (value.Value, value.Uncertainty, value.IsUnbounded));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Example_AllocatesNothing(string name)
    {
        Func<KpiValue> compute = _examples[name].Compute;
        AllocationAssert.Zero(() => compute());
    }
    [Fact]
    public void Examples_AtLeastThreeOfEachIndicator_OneOfThemShown()
    {
        foreach (Kpi kpi in Enum.GetValues<Kpi>())
        {
            KpiExample[] examples = [.. KpiExamples.All.Where(example => example.Kpi == kpi)];
            Assert.True(examples.Length >= 3, $"{kpi} has {examples.Length} examples.");
            Assert.Single(examples, example => example.IsInReadme);
        }
    }
}
