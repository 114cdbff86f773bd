namespace GreenAI.Metering.Tests;

/// <summary>The identity of the books, computed here from the buckets and not by the library.</summary>
internal static class Books
{
    public static void AssertBalanced(EnergyTotals totals)
    {
        foreach (DeviceTotals device in totals.Devices)
        {
            long sum = device.Settled.Microjoules + device.Open.Microjoules + device.Late.Microjoules
                + device.Idle.Microjoules + device.Unattributed.Microjoules + device.Other.Microjoules;
            Assert.Equal(device.Total.Microjoules, sum);
            Assert.True(device.Settled >= Energy.Zero && device.Open >= Energy.Zero && device.Late >= Energy.Zero
                && device.Idle >= Energy.Zero && device.Unattributed >= Energy.Zero && device.Other >= Energy.Zero, "No bucket is negative.");
        }

        // What the models hold is what the devices assigned to models.
        Assert.Equal(
            totals.Devices.Sum(device => (device.Settled + device.Open + device.Late).Microjoules),
            totals.Models.Sum(model => model.Energy.Microjoules));
    }
}
