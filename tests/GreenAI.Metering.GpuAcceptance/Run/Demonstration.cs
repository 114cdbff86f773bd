using System.Globalization;

namespace GreenAI.Metering.GpuAcceptance;

/// <summary>Inferences of about 200 ms each while the boards work: shows that bills add up, not what a real model costs.</summary>
internal sealed class Demonstration(EnergyMeter meter, TimeProvider time)
{
    private const int Most = 20;
    private const string Model = "acceptance";

    private static readonly TimeSpan _inference = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs up to 20 inferences, and lets the rest of the time pass.</summary>
    public async Task RunAsync(TimeSpan length)
    {
        ModelHandle model = meter.Model(Model);
        long start = time.GetTimestamp();
        for (int i = 0; i < Most && time.GetElapsedTime(start) + _inference < length; i++)
        {
            using InferenceScope scope = meter.Begin(model);
            await Task.Delay(_inference, time);
            scope.Complete(units: 1);
        }

        TimeSpan rest = length - time.GetElapsedTime(start);
        if (rest > TimeSpan.Zero) await Task.Delay(rest, time);
    }

    /// <summary>Prints joules per inference and a line per board that proves that nothing was lost or invented.</summary>
    /// <returns>Whether nothing was.</returns>
    public async Task<bool> PrintAsync(TextWriter output)
    {
        EnergyTotals totals = await meter.SettleAsync();
        if (totals.Model(Model) is { Inferences: > 0 } model)
        {
            string count = FormattableString.Invariant($"{model.Inferences} of {_inference.TotalMilliseconds:0} ms under load");
            output.WriteLine(
                $"inferences: {count}, {Text(model.EnergyPerInference)} J each above idle, " +
                $"{Text(model.EnergyPerInferenceWithIdle)} J with idle, {model.Tier}");
        }

        foreach (DeviceTotals device in totals.Devices)
        {
            (string Name, Energy Energy)[] buckets =
            [
                ("settled", device.Settled), ("open", device.Open), ("late", device.Late), ("idle", device.Idle),
                ("unattributed", device.Unattributed), ("other", device.Other),
            ];
            string sum = string.Join(" + ", buckets.Select(bucket => $"{bucket.Name} {Text(bucket.Energy.Microjoules)}"));
            long difference = buckets.Sum(bucket => bucket.Energy.Microjoules) - device.Total.Microjoules;
            output.WriteLine($"{device.Device.Id}: {sum} - counter {Text(device.Total.Microjoules)} = {Text(difference)} µJ");
        }

        return totals.Devices.All(device => device.Unaccounted == Energy.Zero);
    }

    private static string Text(long microjoules) => microjoules.ToString(CultureInfo.InvariantCulture);

    private static string Text(Energy? energy) =>
        energy is { } known ? FormattableString.Invariant($"{known.Joules:0.00}") : "unknown";
}
