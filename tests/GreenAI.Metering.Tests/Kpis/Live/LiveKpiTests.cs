using GreenAI.Metering.Tests.Carbon;

namespace GreenAI.Metering.Tests;

/// <summary>Each live indicator against a reckoning from the totals, by the formulas written out here.</summary>
public sealed class LiveKpiTests
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    [Fact]
    public void Read_HostAfterMinutes_EachRowIsTheReckoningFromTotals()
    {
        using KpiRig rig = new();
        EnergyTotals totals = Work(rig);
        rig.Kpis.RecordOutcome(5);
        DateTimeOffset now = rig.Rig.Time.GetUtcNow();
        double joules = (totals.Total - totals.Other).Joules, grams = joules * KpiRig.GramsPerJoule;
        double hours = totals.Elapsed.TotalHours, embodied = KpiRig.ServerGrams * hours / KpiRig.LifespanHours;
        double load = totals.Total.Joules * 1.2 / 3.6e6; // of the machines, other processes too
        rig.Kpis.RecordRenewable(Energy.FromKilowattHours(load * 0.4), now - totals.Elapsed, now);
        totals = rig.Rig.Settle();
        long completed = totals.Models.Sum(model => model.Inferences), succeeded = totals.Models.Sum(model => model.Succeeded);
        long units = totals.Models.Sum(model => model.WorkUnits);
        double busy = rig.Rig.Processor.Busy / 2;
        Assert.True(completed > succeeded && totals.Other > Energy.Zero && totals.Unattributed > Energy.Zero && totals.Idle > Energy.Zero);

        Near((grams + embodied) / completed, rig.Value(Kpi.CarbonPerInference, null, _hour));
        Near((grams + embodied) / succeeded, rig.Value(Kpi.CarbonPerSuccess, null, _hour));
        Near(totals.Models.Sum(model => model.Energy.Joules) * KpiRig.GramsPerJoule / completed, rig.Value(Kpi.MarginalCarbonPerInference, null, _hour));
        Near(joules / completed, rig.Value(Kpi.EnergyPerInference, null, _hour));
        Near(joules / units, rig.Value(Kpi.EnergyPerUnit, null, _hour));
        KpiValue power = rig.Value(Kpi.WattsPerQuery, null, _hour);
        Near(joules / completed, power);
        Assert.Equal(joules / totals.Elapsed.TotalSeconds, power.Numerator, 6);
        Assert.Equal(completed / totals.Elapsed.TotalSeconds, power.Denominator, 6);
        Near(embodied, rig.Value(Kpi.EmbodiedCarbon, null, _hour));
        Near((grams + embodied) / units, rig.Value(Kpi.SoftwareCarbonIntensity, null, _hour));
        Near(busy / totals.Elapsed.TotalSeconds, rig.Value(Kpi.HardwareUtilization, null, _hour));
        Near(KpiRig.ServerGrams / (KpiRig.LifespanHours * busy / totals.Elapsed.TotalSeconds), rig.Value(Kpi.EmbodiedRate, null, _hour));
        Near(hours / 5, rig.Value(Kpi.ComputeHoursPerOutcome, null, _hour));
        Near(busy / 3600 / 5, rig.Value(Kpi.BusyComputeHoursPerOutcome, null, _hour));
        Near(0.4, rig.Value(Kpi.RenewableMatching, null, null));
        Near(0.4, rig.Value(Kpi.HourlyRenewableMatching, null, null));
        Assert.All(rig.Kpis.Read().Where(row => row.Asked == _hour), row => Assert.Equal(totals.Elapsed, row.Value.Window));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void Read_Model_EachRowIsTheReckoningFromTotals(string name)
    {
        using KpiRig rig = new();
        TrainingEnergy training = TrainingEnergy.OfEnergy(new KpiAmount(2, MeasurementTier.Measured, null)).SpreadOver(1_000_000);
        rig.Kpis.RecordTraining(name, new ModelTraining { Accuracy = 0.9, Energy = training, DataBytes = 250_000_000_000, TaskAndMetric = "digits, accuracy" });
        EnergyTotals totals = Work(rig);
        ModelTotals model = totals.Model(name)!;
        double withIdle = totals.Models.Sum(each => each.EnergyWithIdle.Joules);
        double joules = model.EnergyWithIdle.Joules * (totals.Models.Sum(each => each.Energy.Joules) + totals.Idle.Joules) / withIdle;
        double grams = joules * KpiRig.GramsPerJoule;
        CarbonTotals carbon = totals.Carbon;
        double embodied = carbon.Model(name)!.Embodied!.Value.GramsCO2e / carbon.Models.Sum(each => each.Embodied!.Value.GramsCO2e)
            * KpiRig.ServerGrams * totals.Elapsed.TotalHours / KpiRig.LifespanHours;
        double kilowattHours = (2 * model.Inferences / 1e6) + (joules / 3.6e6);

        Near((grams + embodied) / model.Inferences, rig.Value(Kpi.CarbonPerInference, name, _hour));
        Near((grams + embodied) / model.Succeeded, rig.Value(Kpi.CarbonPerSuccess, name, _hour));
        Near(model.Energy.Joules * KpiRig.GramsPerJoule / model.Inferences, rig.Value(Kpi.MarginalCarbonPerInference, name, _hour));
        Near(joules / model.Inferences, rig.Value(Kpi.EnergyPerInference, name, _hour));
        Near(joules / model.WorkUnits, rig.Value(Kpi.EnergyPerUnit, name, _hour));
        Near(joules / model.Inferences, rig.Value(Kpi.WattsPerQuery, name, _hour));
        Near(embodied, rig.Value(Kpi.EmbodiedCarbon, name, _hour));
        Near((grams + embodied) / model.WorkUnits, rig.Value(Kpi.SoftwareCarbonIntensity, name, _hour));
        Near(0.9 / kilowattHours, rig.Value(Kpi.ModelEfficiencyRatio, name, _hour));
        Near(0.9 / (kilowattHours * 1000 / model.Inferences), rig.Value(Kpi.ModelEfficiencyRatioPerThousand, name, _hour));
        Near(0.9 / 0.25, rig.Value(Kpi.DataEfficiencyScore, name, null));
    }

    [Fact]
    public void Read_Models_SumToTheHostLessWhatIsSpentOutsideInferences()
    {
        using KpiRig rig = new();
        EnergyTotals totals = Work(rig);
        IReadOnlyList<KpiReading> rows = rig.Kpis.Read();
        double unattributed = totals.Unattributed.Joules;
        Assert.Equal(Host(Kpi.EnergyPerInference) - unattributed, Models(Kpi.EnergyPerInference), 1e-6);
        Assert.Equal(Host(Kpi.CarbonPerInference) - (unattributed * KpiRig.GramsPerJoule), Models(Kpi.CarbonPerInference), 1e-6);
        Assert.Equal(Host(Kpi.EmbodiedCarbon), Models(Kpi.EmbodiedCarbon), 1e-9);
        Assert.Equal(Host(Kpi.MarginalCarbonPerInference), Models(Kpi.MarginalCarbonPerInference), 1e-9);

        double Host(Kpi kpi) => rows.Single(row => row.Value.Kpi == kpi && row.Model is null && row.Asked == _hour).Value.Numerator;
        double Models(Kpi kpi) => rows.Where(row => row.Value.Kpi == kpi && row.Model is not null && row.Asked == _hour).Sum(row => row.Value.Numerator);
    }

    [Fact]
    public void Read_ModelsNotOnTheHardware_ShareItsEmbodiedCarbonByEnergy()
    {
        // The board is written off, and both models run on the processors.
        GreenAIMeteringOptions options = KpiRig.Options();
        options.Carbon.Embodied["server"].Devices = "gpu";
        foreach (string name in (ReadOnlySpan<string>)["a", "b"]) options.Models[name] = new ModelOptions { Devices = ["cpu"] };
        using MeterRig rig = new(options, CarbonRigs.Plain(), CarbonRigs.Gpu("fake:gpu"));
        foreach (string name in (ReadOnlySpan<string>)["a", "b", "b", "b"])
        {
            InferenceScope scope = rig.Meter.Begin(name);
            rig.Run(60, 100);
            scope.Complete();
            rig.Settle();
        }

        IReadOnlyList<KpiReading> rows = rig.Meter.Kpis.Read();
        double host = Grams(null);
        Assert.Equal(KpiRig.ServerGrams / KpiRig.LifespanHours * 4 / 60, host, 1e-6);
        Assert.Equal(host, Grams("a") + Grams("b"), 1e-9);
        Assert.Equal(3, Grams("b") / Grams("a"), 1e-6);

        double Grams(string? model) => rows.Single(row => row.Value.Kpi == Kpi.EmbodiedCarbon && row.Model == model && row.Asked == _hour).Value.Value!.Value;
    }

    [Fact]
    public void ComputeHours_AreAllTheTimeADeviceWasThere_ReadOrNot()
    {
        using MeterRig rig = new(CarbonRigs.Plain(), CarbonRigs.Gpu("fake:gpu0"), CarbonRigs.Gpu("fake:gpu1"));
        Minute();
        // For a minute nobody tells who is busy, and a board does not answer.
        rig.Processor.Fails = true;
        rig.Source[2].Fault = SampleFault.InputOutput;
        Minute();
        rig.Processor.Fails = false;
        rig.Source[2].Fault = SampleFault.None;
        Minute();
        rig.Meter.Kpis.RecordOutcome(2);
        rig.Settle();
        Assert.Equal(180 / 3600.0 / 2, Value(Kpi.ComputeHoursPerOutcome, "cpu, cpu-time").Value!.Value, 1e-9);
        Assert.Equal(2 * 180 / 3600.0 / 2, Value(Kpi.ComputeHoursPerOutcome, "gpu, nvml-time").Value!.Value, 1e-9);
        Assert.InRange(Value(Kpi.HardwareUtilization, "cpu, cpu-time").Denominator, 119 / 3600.0, 121 / 3600.0);
        // These boards do not tell how busy they are.
        Assert.Equal(KpiGap.NotRead, Value(Kpi.BusyComputeHoursPerOutcome, "gpu, nvml-time").Gap);

        void Minute()
        {
            for (int second = 0; second < 60; second++)
            {
                rig.Run(1, 100);
                rig.Meter.Engine.Tick();
            }
        }

        KpiValue Value(Kpi kpi, string device) => rig.Meter.Kpis.Read().Single(row => row.Value.Kpi == kpi && row.Value.Qualifier == device && row.Asked == _hour).Value;
    }

    [Fact]
    public async Task RecordAttempt_FailedOnesToo_SumUntilOneReachedIt()
    {
        using KpiRig rig = new();
        EnergyReading first = await Attempt(20), second = await Attempt(30), next = await Attempt(10);
        rig.Kpis.RecordAttempt("a", first, reached: false);
        KpiValue open = rig.Value(Kpi.EnergyToSolution, "a", null);
        Assert.Equal((KpiGap.NotAchieved, Own(first)), (open.Gap, open.Numerator));
        rig.Kpis.RecordAttempt("a", second, reached: true);
        Near(Own(first) + Own(second), rig.Value(Kpi.EnergyToSolution, "a", null));
        rig.Kpis.RecordAttempt("a", next, reached: true);
        Near(Own(next), rig.Value(Kpi.EnergyToSolution, "a", null));

        async Task<EnergyReading> Attempt(double seconds)
        {
            EnergyWindow window = rig.Meter.StartWindow("training");
            rig.Toil(seconds);
            return await window.StopAsync();
        }

        static double Own(EnergyReading reading) => (reading.Total!.Value - reading.Other!.Value).Joules / 3.6e6;
    }

    [Fact]
    public void RecordAttempt_MoreThanAreKeptApart_NoneIsLost()
    {
        var record = new ModelRecord();
        for (int i = 0; i < 10_500; i++) record.Add(new KpiAttempt(new KpiAmount(0.25, MeasurementTier.Measured, null), false));
        record.Add(new KpiAttempt(new KpiAmount(0.5, MeasurementTier.Measured, null), true));
        Assert.Equal((10_500 * 0.25) + 0.5, record.EnergyToSolution.Value);
    }

    [Fact]
    public void RecordRenewable_BeforeMeteringBegan_CountsFromThenOn()
    {
        using KpiRig rig = new();
        rig.Rig.Time.Advance(TimeSpan.FromMinutes(30));
        var books = new RenewableBooks();
        DateTimeOffset start = rig.Rig.Time.GetUtcNow();
        books.AddLoad(0, start);
        books.AddLoad(1, start.AddMinutes(20));
        books.AddGreen(3, start.AddMinutes(-40), start.AddMinutes(20));
        Assert.Equal(1, books.Green.ToArray().Sum(), 12);
    }

    [Fact]
    public void RecordRenewable_OneHourOfTwo_IsMatchedByHourAndByPeriod()
    {
        var books = new RenewableBooks();
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        books.AddLoad(10, start);
        books.AddLoad(10, start.AddHours(1));
        books.AddGreen(20, start, start.AddHours(1));
        Assert.Equal(0.5, RenewableMatching.Hourly(books.Green, books.Load, MeasurementTier.Measured, null, null).Value);
        // A year and a day later both hours are gone.
        books.AddLoad(4, start.AddHours(366 * 24));
        books.AddLoad(4, start.AddHours((366 * 24) + 1));
        Assert.Equal((8.0, 0.0), (books.Load.ToArray().Sum(), books.Green.ToArray().Sum()));
    }

    // Work, rest, toil and work again, an odd number of ticks each; all lies in the window of an hour.
    private static EnergyTotals Work(KpiRig rig)
    {
        rig.Serve(70.3);
        rig.Rig.Idle(20, 25);
        rig.Toil(15.1);
        rig.Serve(40.7, 90);
        return rig.Rig.Settle();
    }

    private static void Near(double expected, in KpiValue actual)
    {
        Assert.Equal(KpiGap.None, actual.Gap);
        Assert.True(Math.Abs(expected - actual.Value!.Value) <= 1e-6 * expected, $"{actual.Kpi}: expected {expected}, is {actual.Value}.");
    }
}
