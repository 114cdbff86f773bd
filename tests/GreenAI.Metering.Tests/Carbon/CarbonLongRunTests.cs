using System.Numerics;

namespace GreenAI.Metering.Tests.Carbon;

/// <summary>Ten years at ten intervals a second: the books stay exact, and nothing overflows.</summary>
public sealed class CarbonLongRunTests
{
    private const long TenYears = 10L * 365 * 86400;

    // The products of ten years come first, in a day's steps at the highest power a device may have; then come small intervals, each
    // a part in 1e13 of what is there already, which no floating-point sum of this size would keep.
    [Fact]
    public void TenYears_ThenTenIntervalsASecond_AreExactToTheMicrogram()
    {
        DateTimeOffset now = default;
        double grams = 0;
        GreenAIMeteringOptions options = CarbonRigs.LiveOnly(3);
        options.Carbon.HoldFor = TimeSpan.Zero;
        options.Carbon.Embodied["server"] = new EmbodiedOptions { KilogramsCO2e = 1000, LifespanYears = 4 };
        using MeterRig rig = new(
            options,
            CarbonRigs.Provider(() => CarbonIntensityAnswer.Of(CarbonRigs.Factor(grams, now, now.AddDays(1)))),
            new PowerDevice
            {
                Id = "fake:rack",
                Name = "Rack",
                Domain = EnergyDomain.CpuPackage,
                Tier = MeasurementTier.Measured,
                IdlePower = Power.FromWatts(100),
                MaxPower = Power.FromWatts(20_000),
                UpdatePeriod = TimeSpan.Zero,
            });
        BigInteger total = 0, idle = 0, own = 0;
        DeviceBooks books = rig.Meter.Engine.Devices[0].Books;
        DateTimeOffset origin = rig.Time.GetUtcNow();
        InferenceScope scope = rig.Meter.Begin("m");
        for (int day = 0; day < 3650; day++)
        {
            Ask(1500 - (day % 1400) + (day / 7.0 / 1000));
            Close(86400, 10_000);
        }

        for (int hour = 0; hour < 14; hour++)
        {
            Ask(hour * 33.3);
            for (int tick = 0; tick < 36_000; tick++) Close(0.1, tick % 2 == 0 ? 105 : 100.003);
        }

        scope.Complete();
        rig.Run(0.1, 100);
        (long t, long i, long m) = (books.Total, books.Idle, books.Models[0].Assigned);
        EnergyTotals totals = rig.Settle();
        Book(t, i, m);
        CarbonTotals carbon = totals.Carbon;
        Assert.Equal(CarbonMass.Zero, carbon.Unaccounted);
        Assert.Equal(Micrograms(idle), carbon.OperationalIdle!.Value.Micrograms);
        Assert.Equal(Micrograms(own), carbon.Model("m")!.Operational!.Value.Micrograms);
        Assert.Equal(Micrograms(idle) + Micrograms(own), carbon.Operational!.Value.Micrograms);
        Assert.Equal(total, idle + own);
        Assert.True(carbon.Operational.Value.KilogramsCO2e > 1e6, $"{carbon.Operational} is a great deal.");
        BigInteger rate = (BigInteger)Math.Round(1e15 / (4 * 8760.0));
        BigInteger embodied = (rig.Time.GetUtcNow() - origin).Ticks * rate / (TimeSpan.TicksPerHour * 1000);
        Assert.InRange((long)(embodied - carbon.Embodied!.Value.Micrograms), 0, 2);

        void Ask(double factor)
        {
            now = rig.Time.GetUtcNow();
            grams = factor;
            rig.AskCarbon();
        }

        void Close(double seconds, double watts)
        {
            (long total, long idle, long own) = (books.Total, books.Idle, books.Models[0].Assigned);
            rig.Run(seconds, watts);
            rig.Meter.Engine.Close(CloseMode.ForcedStandstill);
            Book(total, idle, own);
        }

        void Book(long beforeTotal, long beforeIdle, long beforeOwn)
        {
            long price = (long)Math.Round(grams * 3 * 1e6);
            total += (BigInteger)(books.Total - beforeTotal) * price;
            idle += (BigInteger)(books.Idle - beforeIdle) * price;
            own += (BigInteger)(books.Models[0].Assigned - beforeOwn) * price;
        }
    }

    [Fact]
    public void ExtremesOfTenYears_Fit()
    {
        // 10 kW at 1,500 g/kWh and a PUE of 3.
        AssertFits((BigInteger)TenYears * 10_000 * 1_000_000, GridPrice.Of(CarbonRigs.Factor(1500, default, default), 3));
        // All the energy the books can hold, at the dirtiest factor and the worst PUE there may be.
        AssertFits(long.MaxValue, GridPrice.Of(CarbonRigs.Factor(10_000, default, default), 10));

        static void AssertFits(BigInteger microjoules, long price)
        {
            BigInteger product = microjoules * price;
            Assert.True(product < (BigInteger)Int128.MaxValue / 64, "Products of 64 devices fit.");
            Assert.True(microjoules <= long.MaxValue);
            Assert.Equal(product / GridPrice.MicrojoulesPerKilowattHour, GridPrice.Micrograms((Int128)(long)microjoules * price));
        }
    }

    [Fact]
    public void MostHardwareOfTheShortestLife_OverTenYears_Fits()
    {
        GreenAIMeteringOptions options = CarbonRigs.Hardware(("fleet", new EmbodiedOptions { KilogramsCO2e = 1000, Count = 10_000, LifespanYears = 0.1 }));
        using MeterRig rig = new(options, CarbonRigs.Plain());
        for (int year = 0; year < 10; year++)
        {
            rig.Run(TenYears / 10.0, 1);
            rig.Settle();
        }

        Assert.Equal(1e9, rig.Settle().Carbon.Embodied!.Value.KilogramsCO2e, 1e-3);
        long nanosecondTicks = TenYears * 1_000_000_000;
        Assert.True((BigInteger)nanosecondTicks * (BigInteger)(1e19 / 876) < (BigInteger)Int128.MaxValue / 1000, "With a clock of nanoseconds too.");
    }

    private static long Micrograms(BigInteger product) => (long)(product / GridPrice.MicrojoulesPerKilowattHour);
}
