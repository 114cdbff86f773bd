using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace GreenAI.Metering.Benchmarks;

/// <summary>
/// M1 on this machine's own sensors: the same 12 s of one core's work as one region and as 2,400 regions of 5 ms. The joules
/// must agree within the sensor's noise, and the work must not be slowed.
/// </summary>
internal static class AdditivityCommand
{
    private const int Regions = 2400;
    private static double _sink;

    public static async Task<int> RunAsync(TextWriter output)
    {
        await using var meter = new EnergyMeter();
        meter.Start();
        output.WriteLine(meter.Detection);
        int rounds = Calibrate();
        (double Joules, double Seconds) one = await OneAsync(meter, rounds);
        (double Joules, double Seconds) many = await ManyAsync(meter, rounds);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one region      {one.Joules,10:F3} J {one.Seconds,8:F3} s"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Regions} regions    {many.Joules,10:F3} J {many.Seconds,8:F3} s"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"ratio           {many.Joules / one.Joules,10:F4}   {many.Seconds / one.Seconds,8:F4}"));
        return 0;
    }

    private static async Task<(double Joules, double Seconds)> OneAsync(EnergyMeter meter, int rounds)
    {
        long started = Stopwatch.GetTimestamp();
        EnergyWindow window = meter.StartWindow("one");
        for (int i = 0; i < Regions; i++) Work(rounds);
        EnergyReading reading = await window.StopAsync();
        return (reading.Total?.Joules ?? double.NaN, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static async Task<(double Joules, double Seconds)> ManyAsync(EnergyMeter meter, int rounds)
    {
        double joules = 0;
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < Regions; i++)
        {
            EnergyWindow window = meter.StartWindow("many");
            Work(rounds);
            joules += (await window.StopAsync()).Total?.Joules ?? double.NaN;
        }

        return (joules, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static int Calibrate()
    {
        for (int i = 0; i < 200; i++) Work(10_000);
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < 200; i++) Work(10_000);
        return (int)(10_000 * 200 * 5 / Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Work(int rounds)
    {
        double value = _sink;
        for (int i = 0; i < rounds; i++) value = Math.Sqrt(value + i);
        _sink = value;
    }
}
