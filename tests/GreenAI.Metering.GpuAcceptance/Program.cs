using GreenAI.Metering;
using GreenAI.Metering.GpuAcceptance;

// Judges the NVML source where there are NVIDIA boards: publish it self-contained, copy it there, run it. No SDK is needed there.
AcceptanceOptions options;
try
{
    options = AcceptanceOptions.Parse(args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n\n{AcceptanceOptions.Usage}");
    return 3;
}

(EnergyMeter made, DetectionReport report) = AcceptanceMeter.Create(options);
await using EnergyMeter meter = made;
return await new Acceptance(options, meter, report, TimeProvider.System, Console.Out).RunAsync();
