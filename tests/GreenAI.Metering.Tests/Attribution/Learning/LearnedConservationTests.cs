using CsCheck;

namespace GreenAI.Metering.Tests;

/// <summary>The identity of the books while watts are learned, whatever was declared and whatever the devices do.</summary>
public sealed class LearnedConservationTests
{
    private static readonly string[] _names = ["a", "b", "c", "d"];
    private static readonly string[] _words = ["cpu", "gpu", "accelerator", "kept:slow", "nothing-like-it"];

    private static readonly Gen<Plan> _plans = Gen.Select(
        Gen.Select(Gen.Int[0, 3], Gen.Double[-6, 6], Gen.Int[0, 31], (declared, weight, devices) => new Declared(declared, weight, devices)).Array[4],
        Gen.Double[0, 200].Array[16],
        Gen.Int[0, 1_000_000],
        Gen.Int[50, 400],
        (declared, watts, seed, steps) => new Plan(declared, watts, seed, steps));

    [Fact]
    public void AnyDeclarationsAndLoads_BooksBalance_AndFiguresAreFinite() => _plans.Sample(Run, iter: 60);

    private static void Run(Plan plan)
    {
        GreenAIMeteringOptions options = new() { MaxModels = 4 };
        for (int model = 0; model < 4; model++)
        {
            if (plan.Declared[model].Kind == 0) continue;
            options.Models[_names[model]] = new ModelOptions
            {
                RelativeWeight = plan.Declared[model].Kind == 1 ? 1 : Math.Clamp(Math.Pow(10, plan.Declared[model].Weight), 1e-6, 1e6),
                Devices = plan.Declared[model].Kind == 2 ? null : [.. _words.Where((_, i) => (plan.Declared[model].Devices & (1 << i)) != 0)],
            };
        }

        using LearningRig rig = new(
            options, [.. _names, "over", "more"], [30, 20, 5, 10],
            FakePowerSource.Cpu("kept:cpu"),
            Board("kept:gpu", EnergyDomain.Gpu, 1),
            Board("kept:slow", EnergyDomain.Accelerator, 250),
            FakePowerSource.Cpu("kept:stated", idle: Power.FromWatts(10)))
        {
            Truth = [.. Enumerable.Range(0, 4).Select(device => plan.Watts.Skip(device * 4).Take(4).Append(3).Append(7).ToArray())],
        };
        Random random = new(plan.Seed);
        int[] active = new int[6];
        for (int step = 0; step < plan.Steps; step++)
        {
            if (random.Next(4) > 0) active[random.Next(6)] = random.Next(4);
            if (random.Next(50) == 0) Array.Clear(active);
            if (random.Next(40) == 0) rig.Rig.Source[random.Next(4)].Fault = SampleFault.InputOutput;
            if (random.Next(10) == 0) rig.Rig.Source[random.Next(4)].Fault = SampleFault.None;
            // A device that falls silent, or wakes.
            if (random.Next(60) == 0) rig.Truth[random.Next(4)].AsSpan().Fill(random.Next(2) * 50);
            rig.Mix(active);
            rig.Pass(random.Next(20) == 0 ? random.NextDouble() * 3 : random.NextDouble() * 0.2, tick: random.Next(10) > 0);
            if (step % 10 == 0) Check(rig.Rig.Meter.GetTotals());
        }

        rig.Mix(new int[6]);
        for (int device = 0; device < 4; device++) rig.Rig.Source[device].Fault = SampleFault.None;
        rig.Pass(3);
        rig.Rig.Settle();
        rig.Pass(3);
        EnergyTotals totals = rig.Rig.Settle();
        Check(totals);
        Assert.Equal(Energy.Zero, totals.Open);
        foreach (ModelTotals model in totals.Models)
        {
            ModelOptions? declared = options.Models.TryGetValue(model.Name, out ModelOptions? found) ? found : null;
            bool nowhere = declared?.Devices is { Count: > 0 } devices && !totals.Devices.Any(device => devices.Any(word => ModelDeclarations.Matches(word, device.Device)));
            if (nowhere) Assert.Equal(Energy.Zero, model.Energy);
        }

        Assert.Equal(totals.Settled.Microjoules, rig.Rig.Finish().Sum(final => final.MarginalMicrojoules));
    }

    private static void Check(EnergyTotals totals)
    {
        Books.AssertBalanced(totals);
        foreach (ModelTotals model in totals.Models)
        {
            if (model.Uncertainty is { } band) Assert.True(band.Below is >= 0 and <= 1 && double.IsFinite(band.Above));
            foreach (ModelPower power in model.LearnedPower)
                Assert.True(power.Power >= Power.Zero && power.StandardError >= Power.Zero && power.Resolution is >= 0 and <= 1);
        }
    }

    private static PowerDevice Board(string id, EnergyDomain domain, double updateMs) => new()
    {
        Id = id,
        Name = "Board",
        Domain = domain,
        Tier = MeasurementTier.Measured,
        UpdatePeriod = TimeSpan.FromMilliseconds(updateMs),
        PowerLimit = Power.FromWatts(400),
    };

    private readonly record struct Declared(int Kind, double Weight, int Devices);

    private sealed record Plan(Declared[] Declared, double[] Watts, int Seed, int Steps);
}
