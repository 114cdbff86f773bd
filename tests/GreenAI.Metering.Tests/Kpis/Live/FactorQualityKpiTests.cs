using GreenAI.Metering.Tests.Carbon;

namespace GreenAI.Metering.Tests;

/// <summary>How sure the factors are goes into the grams of the windows they priced, and into no others.</summary>
public sealed class FactorQualityKpiTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);
    private static readonly RelativeUncertainty _narrow = new(0.1, 0.2);
    private static readonly RelativeUncertainty _wide = new(0.3, 0.5);

    [Fact]
    public void Bands_AreWeightedByGrams_AndLeaveTheWindowWithTheirFactor()
    {
        using KpiRig rig = Rig();
        Tell(rig, factor => factor with { Uncertainty = _narrow }, factor => factor with { Intensity = CarbonIntensity.FromGramsPerKilowattHour(300), Uncertainty = _wide });
        Serve(rig);
        Near(_narrow, Band(rig, _minute));
        Serve(rig);
        IReadOnlyList<FactorUse> uses = rig.Rig.Settle().Carbon.Factors;
        double first = uses[0].Operational.GramsCO2e, second = uses[1].Operational.GramsCO2e, all = first + second;
        Assert.Equal(3, second / first, 1e-3);
        Near(_wide, Band(rig, _minute));
        Near(new(((first * 0.1) + (second * 0.3)) / all, ((first * 0.2) + (second * 0.5)) / all), Band(rig, _hour));
    }

    [Fact]
    public void FactorWithoutABand_MakesThatOfItsWindowUnknown_AndNoOther()
    {
        using KpiRig rig = Rig();
        Tell(rig, factor => factor with { Uncertainty = _narrow }, factor => factor with { Uncertainty = null }, factor => factor with { Uncertainty = _wide });
        Serve(rig);
        Near(_narrow, Band(rig, _minute));
        Serve(rig);
        Assert.Null(Band(rig, _minute));
        Serve(rig);
        Near(_wide, Band(rig, _minute));
        Assert.Null(Band(rig, _hour));
        Assert.NotNull(rig.Value(Kpi.MarginalCarbonPerInference, null, _hour).Value);
    }

    [Theory]
    [InlineData(nameof(CarbonFactor.IsEstimated))]
    [InlineData(nameof(CarbonFactor.IsForecast))]
    [InlineData(nameof(FactorUse.IsHeld))]
    public void Grams_OfAFactorThatIsInferred_AreModelled_InItsWindowsOnly(string why)
    {
        using KpiRig rig = Rig();
        Tell(rig, factor => factor, factor => why switch
        {
            nameof(CarbonFactor.IsEstimated) => factor with { IsEstimated = true },
            nameof(CarbonFactor.IsForecast) => factor with { IsForecast = true },
            // Ended before it began: what the first was is held.
            _ => factor with { ValidTo = factor.ValidFrom },
        }, factor => factor);
        Serve(rig);
        Assert.Equal((MeasurementTier.Measured, MeasurementTier.Measured), Tiers(rig, _minute));
        Serve(rig);
        Assert.Equal((MeasurementTier.Modelled, MeasurementTier.Measured), Tiers(rig, _minute));
        Serve(rig);
        Assert.Equal((MeasurementTier.Measured, MeasurementTier.Measured), Tiers(rig, _minute));
        Assert.Equal((MeasurementTier.Modelled, MeasurementTier.Measured), Tiers(rig, _hour));
        Assert.Equal(why == nameof(FactorUse.IsHeld), rig.Rig.Settle().Carbon.Factors.Any(use => use.IsHeld));
    }

    private static KpiRig Rig()
    {
        GreenAIMeteringOptions options = KpiRig.Options();
        (options.Carbon.GramsPerKilowattHour, options.Carbon.Source) = (null, null);
        options.Kpis = new KpiOptions { Windows = [_minute, _hour] };
        return new KpiRig(options, new ScriptedCarbonProvider("test", _ => throw new InvalidOperationException("Nobody asks: the meter is not started.")));
    }

    /// <summary>Factors of two minutes each, one after the other.</summary>
    private static void Tell(KpiRig rig, params ReadOnlySpan<Func<CarbonFactor, CarbonFactor>> factors)
    {
        DateTimeOffset start = rig.Rig.Time.GetUtcNow();
        for (int i = 0; i < factors.Length; i++)
        {
            DateTimeOffset from = start.AddMinutes(2 * i);
            rig.Meter.Engine.Account.Timeline!.Add([factors[i](CarbonRigs.Factor(100, from, from.AddMinutes(2)))], start);
        }
    }

    private static void Serve(KpiRig rig)
    {
        rig.Serve(120);
        rig.Rig.Settle();
    }

    /// <summary>The factors' part of the band of the host's grams: what its joules' band leaves of it.</summary>
    private static RelativeUncertainty? Band(KpiRig rig, TimeSpan window)
    {
        RelativeUncertainty joules = rig.Value(Kpi.EnergyPerInference, null, window).Uncertainty!.Value;
        return rig.Value(Kpi.MarginalCarbonPerInference, null, window).Uncertainty is { } grams
            ? new RelativeUncertainty(Without(grams.Below, joules.Below), Without(grams.Above, joules.Above))
            : null;

        static double Without(double both, double one) => Math.Sqrt((both * both) - (one * one));
    }

    /// <summary>The tiers of the host's grams and of its joules.</summary>
    private static (MeasurementTier Grams, MeasurementTier Joules) Tiers(KpiRig rig, TimeSpan window) =>
        (rig.Value(Kpi.MarginalCarbonPerInference, null, window).Tier, rig.Value(Kpi.EnergyPerInference, null, window).Tier);

    // Uses are told in whole micrograms of some tenths of a gram.
    private static void Near(RelativeUncertainty expected, RelativeUncertainty? actual)
    {
        Assert.Equal(expected.Below, actual!.Value.Below, 1e-5);
        Assert.Equal(expected.Above, actual.Value.Above, 1e-5);
    }
}
